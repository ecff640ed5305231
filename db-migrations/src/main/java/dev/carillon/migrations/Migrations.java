package dev.carillon.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Migrates a database to the current schema. Runs as the owner, who needs CREATEROLE or existing roles. Safe to run
 * repeatedly and by several processes at once.
 */
public final class Migrations {
    public static final String APP_ROLE = "carillon_app";
    public static final String DISPATCH_ROLE = "carillon_dispatch";
    public static final String SANDBOX_ROLE = "carillon_sandbox";

    /**
     * None of our transactions waits for anything but the database. An idle one therefore belongs to a process that has
     * stalled, and the rows that it has locked, a lane for example, would hold up every other process for as long.
     */
    private static final String IDLE_IN_TRANSACTION = "15s";

    private Migrations() {}

    /**
     * Creates the three running roles with these passwords, then applies missing migrations.
     *
     * @return how many migrations were applied
     */
    public static int run(DataSource owner, RolePasswords passwords) {
        try (var connection = owner.getConnection()) {
            makeRoles(connection, passwords);
        } catch (SQLException e) {
            throw new IllegalStateException("The roles of Carillon could not be made: " + e.getMessage(), e);
        }
        return flyway(owner).migrate().migrationsExecuted;
    }

    /** Whether every migration that this build knows has been applied; needs only read access. */
    public static boolean isCurrent(DataSource anyRole) {
        return pending(anyRole) == 0;
    }

    /** How many migrations that this build knows are still to be applied; needs only read access. */
    public static int pending(DataSource anyRole) {
        return flyway(anyRole).info().pending().length;
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .load();
    }

    private static void makeRoles(Connection connection, RolePasswords passwords) throws SQLException {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put(APP_ROLE, passwords.app());
        roles.put(DISPATCH_ROLE, passwords.dispatch());
        roles.put(SANDBOX_ROLE, passwords.sandbox());
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            // Roles belong to the whole cluster, so two starts, or two databases, must not race.
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('carillon.roles'))");
            for (var role : roles.entrySet()) {
                statement.execute(makeRole(connection, role.getKey(), role.getValue()));
                statement.execute("ALTER ROLE %s SET idle_in_transaction_session_timeout = '%s'"
                        .formatted(role.getKey(), IDLE_IN_TRANSACTION));
            }
        }
        connection.commit();
    }

    private static String makeRole(Connection connection, String role, String password) throws SQLException {
        try (var exists = connection.prepareStatement("SELECT FROM pg_roles WHERE rolname = ?")) {
            exists.setString(1, role);
            var verb = exists.executeQuery().next() ? "ALTER" : "CREATE";
            // Neither statement can bind values; role names are constants, and the password is quoted as PostgreSQL
            // requires.
            return "%s ROLE %s LOGIN NOINHERIT PASSWORD '%s'".formatted(verb, role, password.replace("'", "''"));
        }
    }
}
