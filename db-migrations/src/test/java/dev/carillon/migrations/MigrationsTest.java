package dev.carillon.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final RolePasswords PASSWORDS = new RolePasswords("app", "it's dispatch", "sandbox");
    private static EmbeddedPostgres postgres;
    private static int applied;

    @BeforeAll
    static void migrate() throws IOException {
        postgres = EmbeddedPostgres.start();
        applied = Migrations.run(postgres.getPostgresDatabase(), PASSWORDS);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void anEmptyDatabaseTakesEveryMigrationAndASecondRunNone() {
        assertThat(applied).isGreaterThan(8);
        assertThat(Migrations.run(postgres.getPostgresDatabase(), PASSWORDS)).isZero();
        assertThat(Migrations.isCurrent(as(Migrations.APP_ROLE))).isTrue();
    }

    // During an upgrade, processes of the previous release start again on a database that the next one has migrated.
    @Test
    void anOlderBuildWorksOnANewerSchemaAndLeavesItsFunctionsAlone() throws SQLException {
        var owner = postgres.getPostgresDatabase();
        update(owner, """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (1000, '209901010000', 'from the next release', 'SQL', 'V209901010000__from_the_next_release.sql', 1, 'test', 1, true)
                """);
        update(owner, "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE description = 'first uuid at'");
        try {
            assertThat(Migrations.run(owner, PASSWORDS))
                    .as("nothing is applied, repeatable migrations neither")
                    .isZero();
            assertThat(Migrations.isCurrent(as(Migrations.APP_ROLE))).isTrue();
        } finally {
            update(owner, "DELETE FROM flyway_schema_history WHERE installed_rank = 1000");
            update(
                    owner,
                    "UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE description = 'first uuid at'");
        }
    }

    @Test
    void aDatabaseOfAVersionBeforeTheFirstReleaseIsRefusedWithAdvice() throws SQLException {
        var owner = postgres.getPostgresDatabase();
        update(owner, """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (1001, '202611220900', 'tenancy', 'SQL', 'V202611220900__tenancy.sql', 1, 'test', 1, true)
                """);
        try {
            assertThatThrownBy(() -> Migrations.run(owner, PASSWORDS)).hasMessageContaining("Use an empty database");
            assertThatThrownBy(() -> Migrations.isCurrent(as(Migrations.APP_ROLE)))
                    .hasMessageContaining("Use an empty database");
        } finally {
            update(owner, "DELETE FROM flyway_schema_history WHERE installed_rank = 1001");
        }
    }

    // A tenant table without isolation would show every workspace's rows to the API.
    @Test
    void everyTableWithAWorkspaceIsIsolated() throws SQLException {
        var open = query(postgres.getPostgresDatabase(), """
                SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition AND NOT relrowsecurity
                  AND relname <> 'platform_app'
                  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace_id')
                """);

        assertThat(open).isEmpty();
    }

    @Test
    void anUnsetWorkspaceIsAnErrorAndNotAnEmptyResult() {
        assertThatThrownBy(() -> query(as(Migrations.APP_ROLE), "SELECT id FROM workspace"))
                .hasMessageContaining("carillon.workspace");
    }

    @Test
    void theRunningRolesAreNeitherSuperusersNorOwnersNorExemptFromRowLevelSecurity() throws SQLException {
        var mighty = query(postgres.getPostgresDatabase(), """
                SELECT rolname FROM pg_roles WHERE rolname LIKE 'carillon_%'
                  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
                       OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid))
                """);

        assertThat(mighty).isEmpty();
    }

    @Test
    void theApiReachesNoPartitionAroundItsParent() {
        assertThatThrownBy(() -> query(as(Migrations.APP_ROLE), "SELECT id FROM event_other"))
                .hasMessageContaining("permission denied");
    }

    // A worker that is paused during a claim holds locks on lanes that all other workers need.
    @Test
    void aTransactionThatStandsStillIsEnded() throws SQLException {
        for (var role : List.of(Migrations.APP_ROLE, Migrations.DISPATCH_ROLE, Migrations.SANDBOX_ROLE)) {
            assertThat(query(as(role), "SHOW idle_in_transaction_session_timeout"))
                    .containsExactly("15s");
        }
    }

    @Test
    void partitionsForTheMonthsToComeAreMadeOnce() throws SQLException {
        var first = query(as(Migrations.DISPATCH_ROLE), "SELECT keep_partitions(5)");
        var second = query(as(Migrations.DISPATCH_ROLE), "SELECT keep_partitions(5)");

        assertThat(first).containsExactly("15");
        assertThat(second).containsExactly("0");
    }

    private static void update(DataSource source, String statement) throws SQLException {
        try (var connection = source.getConnection();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    private static DataSource as(String role) {
        var source = new org.postgresql.ds.PGSimpleDataSource();
        source.setUrl(postgres.getJdbcUrl(role, "postgres"));
        source.setUser(role);
        return source;
    }

    private static List<String> query(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
