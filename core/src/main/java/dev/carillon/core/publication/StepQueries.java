package dev.carillon.core.publication;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PublicationId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;

@Singleton
class StepQueries {
    private static final String ADD = """
            INSERT INTO publication_step (publication_id, workspace_id, livemode, kind, generation, detail) VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String OF_PUBLICATIONS = """
            SELECT publication_id, kind, generation, detail, at FROM publication_step
            WHERE publication_id = ANY (?::uuid[]) ORDER BY at, id
            """;

    private final Sql sql;
    private final Json json;

    StepQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    void add(Publication publication, StepKind kind, Map<String, String> detail) {
        var tenant = publication.tenant();
        sql.of(
                        ADD,
                        publication.id(),
                        tenant.workspace(),
                        tenant.mode(),
                        kind.wireName(),
                        publication.generation(),
                        new Jsonb(json.write(detail)))
                .update();
    }

    List<PublicationStep> of(Collection<PublicationId> publications) {
        return sql.of(OF_PUBLICATIONS, publications)
                .list(row -> new PublicationStep(
                        row.id("publication_id", PublicationId.KIND),
                        StepKind.named(row.text("kind")),
                        row.number("generation"),
                        json.readTexts(row.text("detail")),
                        row.instant("at")));
    }
}
