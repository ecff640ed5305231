package dev.carillon.core.idempotency;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes stored replies that are too old to be replayed. */
@Singleton
public class ReplyCleanupQueries {
    private static final String DELETE_OLD = """
            DELETE FROM idempotency_key WHERE (workspace_id, livemode, route, key) IN (
                SELECT workspace_id, livemode, route, key FROM idempotency_key
                WHERE created_at < clock_timestamp() - ? * interval '1 second'
                ORDER BY created_at
                LIMIT ?
                FOR UPDATE SKIP LOCKED)
            """;

    private final Transactions transactions;
    private final Sql sql;

    public ReplyCleanupQueries(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * Deletes one batch in its own transaction.
     *
     * @param age in database time
     * @return how many were deleted; fewer than {@code limit} when no more old ones are left
     */
    public int deleteOlderThan(Duration age, int limit) {
        return transactions.acrossWorkspaces(
                () -> sql.of(DELETE_OLD, age.toSeconds(), limit).update());
    }
}
