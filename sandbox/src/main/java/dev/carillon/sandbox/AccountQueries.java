package dev.carillon.sandbox;

import java.time.Instant;
import java.util.Optional;

/** Accounts of the platform, by the opaque id under which Carillon registers them. */
final class AccountQueries {
    private static final String REGISTER = """
            INSERT INTO sandbox.account (id, platform, username, created_at)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET platform = excluded.platform, username = excluded.username
            """;

    private static final String FIND = """
            SELECT id, platform, username
            FROM sandbox.account
            WHERE id = ?
            """;

    private final Database database;

    AccountQueries(Database database) {
        this.database = database;
    }

    void register(SandboxAccount account, Instant now) {
        database.update(REGISTER, account.id(), account.platform(), account.username(), now);
    }

    Optional<SandboxAccount> find(String id) {
        return database
                .query(
                        FIND,
                        row -> new SandboxAccount(
                                row.getString("id"), row.getString("platform"), row.getString("username")),
                        id)
                .stream()
                .findFirst();
    }
}
