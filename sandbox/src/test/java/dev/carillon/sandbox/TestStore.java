package dev.carillon.sandbox;

import dev.carillon.testkit.TestDatabase;

/** One migrated database for all tests of this module; it ends with the JVM. */
final class TestStore {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private TestStore() {}

    /** Uses the platform's own role, so that a missing grant fails a test. */
    static SandboxConfig.Store store() {
        return new SandboxConfig.Store(DATABASE.jdbcUrl(), DATABASE.sandboxUser(), DATABASE.sandboxPassword(), 4);
    }
}
