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
