package dev.carillon.core.publication;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Json;
import jakarta.inject.Singleton;
import java.util.Map;

@Singleton
class StepQueries {
    private static final String ADD = """
            INSERT INTO publication_step (publication_id, workspace_id, livemode, kind, generation, detail) VALUES (?, ?, ?, ?, ?, ?)
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
}
