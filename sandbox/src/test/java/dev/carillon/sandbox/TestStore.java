package dev.carillon.sandbox;

import dev.carillon.migrations.Migrations;
import dev.carillon.migrations.RolePasswords;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One migrated PostgreSQL for all tests of this module; it ends with the JVM. */
final class TestStore {
    private static final String PASSWORD = "sandbox-of-tests";
    private static final EmbeddedPostgres POSTGRES = start();

    private TestStore() {}

    /** Logs in as the platform's own role, so that a missing grant fails a test. */
    static SandboxConfig.Store store() {
        return new SandboxConfig.Store(
                POSTGRES.getJdbcUrl(Migrations.SANDBOX_ROLE, "postgres"), Migrations.SANDBOX_ROLE, PASSWORD, 4);
    }

    private static EmbeddedPostgres start() {
        try {
            var postgres = EmbeddedPostgres.start();
            Migrations.run(postgres.getPostgresDatabase(), new RolePasswords(PASSWORD, PASSWORD, PASSWORD));
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
