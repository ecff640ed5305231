package dev.carillon.core.database;

import jakarta.inject.Singleton;

/**
 * Deletes rows past their plan's retention that no dropped partition removes: rows of plans that keep less than the
 * longest one, and rows that are in no month's partition. Rows that are still needed stay however old they are: an open
 * attempt, or an event that a delivery or the fan-out still needs.
 */
@Singleton
public class RetentionQueries {
    private static final String NOTHING_WAITS =
            "NOT EXISTS (SELECT FROM webhook_delivery AS open WHERE open.event_id = old.$ AND open.ended_at IS NULL)";

    private static final String IS_FANNED_OUT = """
            old.sequence IS NOT NULL AND NOT EXISTS (
                SELECT FROM event_sequence AS counter
                WHERE counter.workspace_id = old.workspace_id AND counter.livemode = old.livemode
                  AND counter.fanned_out < old.sequence)
            """;

    /**
     * The tables whose rows are kept for as long as a plan says. Deliveries are deleted before the events that they
     * refer to.
     */
    public enum Kept {
        ATTEMPTS(
                "attempt",
                "publication_id",
                "number",
                "old.ended_at < clock_timestamp() - plan.retention_days * interval '1 day'"),
        DELIVERY_ATTEMPTS("webhook_attempt", "event_id", "endpoint_id, number", NOTHING_WAITS.replace("$", "event_id")),
        DELIVERIES("webhook_delivery", "event_id", "endpoint_id", "old.ended_at IS NOT NULL"),
        EVENTS("event", "id", "", IS_FANNED_OUT + " AND " + NOTHING_WAITS.replace("$", "id")),
        /** This table is not partitioned, so rows of every plan are deleted here. */
        REPLAYS("""
                DELETE FROM webhook_replay WHERE id IN (
                    SELECT old.id FROM webhook_replay AS old
                    JOIN workspace ON workspace.id = old.workspace_id
                    JOIN plan ON plan.id = workspace.plan_id
                    WHERE old.id < first_uuid_at(clock_timestamp() - plan.retention_days * interval '1 day')
                      AND old.id < first_uuid_at(clock_timestamp() - (SELECT min(retention_days) FROM plan) * interval '1 day')
                      AND old.status <> 'running' AND old.settled
                    LIMIT ?)
                """);

        private final String statement;

        Kept(String statement) {
            this.statement = statement;
        }

        /**
         * One partitioned table.
         *
         * @param age the key column whose UUIDv7 gives the age of a row
         * @param further the other columns of the key
         * @param ended the condition under which a row may be deleted
         */
        Kept(String table, String age, String further, String ended) {
            var key = further.isEmpty() ? age : age + ", " + further;
            var ofOld = "old." + key.replace(", ", ", old.");
            statement = """
                    DELETE FROM %1$s WHERE (%2$s) IN (
                        SELECT %3$s FROM %1$s AS old
                        JOIN workspace ON workspace.id = old.workspace_id
                        JOIN plan ON plan.id = workspace.plan_id
                        WHERE old.%4$s < first_uuid_at(clock_timestamp() - plan.retention_days * interval '1 day')
                          AND old.%4$s < first_uuid_at(clock_timestamp() - (SELECT min(retention_days) FROM plan) * interval '1 day')
                          AND (plan.retention_days < (SELECT max(retention_days) FROM plan) OR old.tableoid = '%1$s_other'::regclass)
                          AND %5$s
                        LIMIT ?)
                    """.formatted(table, key, ofOld, age, ended);
        }
    }

    private final Transactions transactions;
    private final Sql sql;

    RetentionQueries(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * Deletes one batch in its own transaction.
     *
     * @return how many rows were deleted; fewer than {@code limit} when no more old rows are left
     */
    public int delete(Kept kept, int limit) {
        return transactions.acrossWorkspaces(() -> sql.of(kept.statement, limit).update());
    }
}
