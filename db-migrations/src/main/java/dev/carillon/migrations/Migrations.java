package dev.carillon.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the newest shape. Runs as the owner, who needs CREATEROLE or roles that exist already; safe to run by several
 * processes at once and again.
 */
public final class Migrations {
    public static final String APP_ROLE = "carillon_app";
    public static final String DISPATCH_ROLE = "carillon_dispatch";
    public static final String SANDBOX_ROLE = "carillon_sandbox";

    /**
     * No transaction of ours waits for anything but the database. One that stands still is that of a process that does, and what it
     * has locked, a lane for example, would stop every other process for as long.
     */
    private static final String IDLE_IN_TRANSACTION = "15s";

    private Migrations() {}

    /**
     * Makes the three running roles with these passwords, then applies what is missing.
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

    /** Whether every migration that this build knows has been applied; needs no more than reading rights. */
    public static boolean isCurrent(DataSource anyRole) {
        return pending(anyRole) == 0;
    }

    /** How many migrations that this build knows are still to be applied; needs no more than reading rights. */
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
            // Roles belong to the whole cluster: two starts, or two databases, must not race each other.
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
            // Neither verb takes bound values; role names are constants and the password is quoted as PostgreSQL wants
            // it.
            return "%s ROLE %s LOGIN NOINHERIT PASSWORD '%s'".formatted(verb, role, password.replace("'", "''"));
        }
    }
}
