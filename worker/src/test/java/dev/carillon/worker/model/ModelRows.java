package dev.carillon.worker.model;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.PublicationStatus;
import java.util.Collection;
import java.util.List;

/** Reads a run's publications from the database, and makes their leases and attempts a day older. */
final class ModelRows {
    private static final String ROWS = """
            SELECT publication.id, publication.status, publication.lease_until IS NOT NULL AS leased, publication.attempts,
                   (SELECT count(*) FROM attempt WHERE attempt.publication_id = publication.id) AS starts,
                   (SELECT count(DISTINCT attempt.generation) FROM attempt WHERE attempt.publication_id = publication.id)
                       AS started_generations,
                   (SELECT string_agg(state, ',') FROM spend_reservation AS held WHERE held.publication_id = publication.id)
                       AS reservations,
                   (SELECT count(*) FROM meter_event WHERE meter_event.publication_id = publication.id) AS metered
            FROM publication WHERE publication.id = ANY (?::uuid[])
            """;

    private final Transactions transactions;
    private final Sql sql;

    ModelRows(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /** A publication and its related rows in the database. */
    record Found(
            PublicationId id,
            PublicationStatus status,
            boolean leased,
            int attempts,
            long starts,
            long startedGenerations,
            String reservations,
            long metered) {}

    List<Found> of(Collection<PublicationId> publications) {
        return transactions.acrossWorkspaces(() -> sql.of(ROWS, publications)
                .list(row -> new Found(
                        row.id("id", PublicationId.KIND),
                        PublicationStatus.named(row.text("status")),
                        row.truth("leased"),
                        row.integer("attempts"),
                        row.number("starts"),
                        row.number("started_generations"),
                        row.text("reservations"),
                        row.number("metered"))));
    }

    void passADay(Collection<PublicationId> publications) {
        transactions.acrossWorkspaces(() -> {
            sql.of(
                            "UPDATE publication SET lease_until = lease_until - interval '1 day' WHERE id = ANY (?::uuid[])",
                            publications)
                    .update();
            return sql.of(
                            "UPDATE attempt SET started_at = started_at - interval '1 day', call_until = call_until - interval '1 day'"
                                    + " WHERE publication_id = ANY (?::uuid[])",
                            publications)
                    .update();
        });
    }
}
