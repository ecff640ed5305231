package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.migrations.Migrations;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TestDatabaseTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void aFreshDatabaseIsInTheNewestShape() {
        try (var database = TestDatabase.fresh()) {
            assertThat(Migrations.isCurrent(database.asOwner())).isTrue();
        }
    }

    @Test
    void whatOneTestWritesNoOtherSees() throws Exception {
        try (var one = TestDatabase.fresh();
                var other = TestDatabase.fresh()) {
            execute(one.asOwner(), "CREATE TABLE bell (state text)");

            assertThatThrownBy(() -> execute(other.asOwner(), "SELECT state FROM bell"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void everyRoleLogsInAndNoneIsSuperuser() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var question = "SELECT current_user || ' ' || rolsuper FROM pg_roles WHERE rolname = current_user";

            assertThat(query(database.asOwner(), question)).isEqualTo("carillon_owner false");
            assertThat(query(database.asApp(), question)).isEqualTo("carillon_app false");
            assertThat(query(database.asDispatch(), question)).isEqualTo("carillon_dispatch false");
            assertThat(query(database.asSandbox(), question)).isEqualTo("carillon_sandbox false");
        }
    }

    @Test
    void closingDropsTheDatabaseUnderOpenConnections() throws Exception {
        var database = TestDatabase.fresh();
        var name = database.name();
        try (var open = database.asApp().getConnection()) {
            database.close();

            assertThatThrownBy(() -> open.createStatement().execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
        try (var other = TestDatabase.fresh()) {
            assertThat(query(other.asOwner(), "SELECT count(*) FROM pg_database WHERE datname = '%s'".formatted(name)))
                    .isEqualTo("0");
        }
    }

    // A test run that is cut off by a time limit must not leave servers running.
    @Test
    void theServersOfAKilledTestJvmGoWhenTheNextOneStarts() {
        long orphan;
        try (var killed = ChildJvm.of(PrintsItsPostmaster.class).start()) {
            orphan = postmasterOf(killed);
            killed.kill9();
        }
        assertThat(isPostgres(orphan)).isTrue();

        try (var next = ChildJvm.of(PrintsItsPostmaster.class).start()) {
            postmasterOf(next);

            assertThat(isPostgres(orphan)).isFalse();
            next.terminate();
            next.awaitExit(LONG);
        }
    }

    @Test
    void theServersGoWithTheirTestJvm() {
        try (var child = ChildJvm.of(PrintsItsPostmaster.class).start()) {
            long postmaster = postmasterOf(child);

            child.terminate();
            child.awaitExit(LONG);

            await().until(() -> !isPostgres(postmaster));
        }
    }

    private static long postmasterOf(ChildJvm jvm) {
        return Long.parseLong(jvm.awaitLine("postmaster=(\\d+)", LONG).group(1));
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    /** A test JVM that has a database and hangs. */
    static final class PrintsItsPostmaster {
        public static void main(String[] arguments) throws Exception {
            var database = TestDatabase.fresh();
            // The backend that answers is a child of the postmaster.
            long backend = Long.parseLong(query(database.asOwner(), "SELECT pg_backend_pid()"));
            var postmaster =
                    ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow();
            System.out.println("postmaster=" + postmaster.pid());
            Thread.currentThread().join();
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
