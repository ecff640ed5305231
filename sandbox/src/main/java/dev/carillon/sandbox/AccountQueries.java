package dev.carillon.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private static final String FIND_POSTER = """
            SELECT id, platform, username,
                   EXISTS (SELECT FROM sandbox.fault WHERE fault.workspace = ? AND fault.hits < fault.count) AS has_faults
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
        return database.query(FIND, AccountQueries::read, id).stream().findFirst();
    }

    /**
     * The account, with what posting for this workspace needs to know, in the single statement that a post has to wait
     * for.
     */
    Optional<Poster> findPoster(String id, @Nullable String workspace) {
        return database
                .query(FIND_POSTER, row -> new Poster(read(row), row.getBoolean("has_faults")), workspace, id)
                .stream()
                .findFirst();
    }

    private static SandboxAccount read(ResultSet row) throws SQLException {
        return new SandboxAccount(row.getString("id"), row.getString("platform"), row.getString("username"));
    }

    /**
     * An account that posts.
     *
     * @param hasFaults whether its workspace has faults with hits left
     */
    record Poster(SandboxAccount account, boolean hasFaults) {}
}
