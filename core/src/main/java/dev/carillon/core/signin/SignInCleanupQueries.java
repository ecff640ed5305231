package dev.carillon.core.signin;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes links and sessions that ended long ago. */
@Singleton
public class SignInCleanupQueries {
    private static final String FORGET = "SELECT delete_expired_sign_ins(? * interval '1 second') AS deleted";

    private final Transactions transactions;
    private final Sql sql;

    public SignInCleanupQueries(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /** Returns how many were deleted; {@code age} is in database time. */
    public int deleteOlderThan(Duration age) {
        return transactions.acrossWorkspaces(
                () -> sql.of(FORGET, age.toSeconds()).one(row -> row.integer("deleted")));
    }
}
