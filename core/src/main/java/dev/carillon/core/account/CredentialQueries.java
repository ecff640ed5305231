package dev.carillon.core.account;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

@Singleton
class CredentialQueries {
    private static final String STORE = """
            INSERT INTO account_credentials (account_id, workspace_id, livemode, sealed) VALUES (?, ?, ?, ?)
            ON CONFLICT (account_id) DO UPDATE
            SET sealed = excluded.sealed, version = account_credentials.version + 1, refresh_lease_until = NULL,
                updated_at = clock_timestamp()
            """;
    private static final String READ = """
            SELECT sealed, version FROM account_credentials WHERE account_id = ?
            """;
    private static final String LEASE = """
            UPDATE account_credentials SET refresh_lease_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE account_id = ? AND version = ? AND (refresh_lease_until IS NULL OR refresh_lease_until < clock_timestamp())
            """;
    // Conditional on the version: a process that lost its lease meanwhile must not overwrite a newer token.
    private static final String RENEW = """
            UPDATE account_credentials
            SET sealed = ?, version = version + 1, refresh_lease_until = NULL, updated_at = clock_timestamp()
            WHERE account_id = ? AND version = ?
            """;
    private static final String GIVE_UP_LEASE = """
            UPDATE account_credentials SET refresh_lease_until = NULL WHERE account_id = ? AND version = ?
            """;
    private static final String WIPE = "DELETE FROM account_credentials WHERE account_id = ?";

    private final Sql sql;

    CredentialQueries(Sql sql) {
        this.sql = sql;
    }

    void store(Tenant tenant, AccountId account, byte[] sealed) {
        sql.of(STORE, account, tenant.workspace(), tenant.mode(), sealed).update();
    }

    /** Reads the stored credentials and passes them to {@code open} with their version. */
    <T> Optional<T> read(AccountId account, BiFunction<byte[], Long, T> open) {
        return sql.of(READ, account).first(row -> open.apply(row.bytes("sealed"), row.number("version")));
    }

    boolean lease(AccountId account, long version, Duration length) {
        return sql.of(LEASE, length.toMillis(), account, version).update() == 1;
    }

    boolean renew(AccountId account, long version, byte[] sealed) {
        return sql.of(RENEW, sealed, account, version).update() == 1;
    }

    void giveUpLease(AccountId account, long version) {
        sql.of(GIVE_UP_LEASE, account, version).update();
    }

    void wipe(AccountId account) {
        sql.of(WIPE, account).update();
    }
}
