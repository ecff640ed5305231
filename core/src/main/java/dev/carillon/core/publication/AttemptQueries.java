package dev.carillon.core.publication;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AttemptId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PublicationId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
class AttemptQueries {
    private static final String BEGIN = """
            INSERT INTO attempt (publication_id, number, id, workspace_id, livemode, generation, marked_at)
            VALUES (?, ?, ?, ?, ?, ?, clock_timestamp())
            """;
    private static final String END = """
            UPDATE attempt SET ended_at = clock_timestamp(), outcome = ?, code = ?, message = ?
            WHERE publication_id = ? AND generation = ? AND ended_at IS NULL
            """;
    private static final String END_INTERRUPTED = """
            UPDATE attempt SET ended_at = clock_timestamp(), outcome = 'interrupted'
            WHERE publication_id = ? AND ended_at IS NULL
            """;
    private static final String OF_PUBLICATION = """
            SELECT * FROM attempt WHERE publication_id = ? ORDER BY number
            """;
    private static final String IS_OLDER = """
            SELECT coalesce(bool_and(marked_at + ? * interval '1 millisecond' < clock_timestamp()), true) AS older
            FROM attempt WHERE publication_id = ?
            """;

    private final Sql sql;
    private final Ids ids;

    AttemptQueries(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    void begin(Publication publication) {
        sql.of(
                        BEGIN,
                        publication.id(),
                        publication.tries().attempts(),
                        ids.next(AttemptId.KIND),
                        publication.tenant().workspace(),
                        publication.tenant().mode(),
                        publication.generation())
                .update();
    }

    void end(
            PublicationId publication,
            long generation,
            String outcome,
            @Nullable String code,
            @Nullable String message) {
        sql.of(END, outcome, code, message, publication, generation).update();
    }

    /** Closes attempts whose process died before it could. */
    void endInterrupted(PublicationId publication) {
        sql.of(END_INTERRUPTED, publication).update();
    }

    List<Attempt> of(PublicationId publication) {
        return sql.of(OF_PUBLICATION, publication)
                .list(row -> new Attempt(
                        row.id("id", AttemptId.KIND),
                        publication,
                        row.integer("number"),
                        row.instant("marked_at"),
                        row.instantOrNull("ended_at"),
                        row.textOrNull("outcome"),
                        row.textOrNull("code"),
                        row.textOrNull("message")));
    }

    /** Whether every mark lies at least {@code age} of database time back. */
    boolean marksAreOlderThan(PublicationId publication, Duration age) {
        return sql.of(IS_OLDER, age.toMillis(), publication).one(row -> row.truth("older"));
    }
}
