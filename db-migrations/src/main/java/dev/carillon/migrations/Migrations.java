package dev.carillon.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;

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

    /** The first migration of the versions before 0.1.0, whose migrations were folded into the present ones. */
    private static final MigrationVersion BEFORE_THE_FIRST_RELEASE = MigrationVersion.fromVersion("202611220900");

    private Migrations() {}

    /**
     * Creates the three running roles with these passwords, then applies missing migrations.
     *
     * <p>A database that a newer build has migrated is left as it is: this build works on it, because migrations only expand.
     *
     * @return how many migrations were applied
     * @throws IllegalStateException if the roles cannot be created, or if a version before 0.1.0 created the database
     */
    public static int run(DataSource owner, RolePasswords passwords) {
        try (var connection = owner.getConnection()) {
            makeRoles(connection, passwords);
        } catch (SQLException e) {
            throw new IllegalStateException("The roles of Carillon could not be made: " + e.getMessage(), e);
        }
        var flyway = flyway(owner);
        var info = flyway.info();
        requireUpgradable(info);
        // A newer build has migrated this database. Repeatable migrations of this build would put its older functions
        // back.
        return isNewer(info) ? 0 : flyway.migrate().migrationsExecuted;
    }

    /** Whether every migration that this build knows has been applied; needs only read access. */
    public static boolean isCurrent(DataSource anyRole) {
        return pending(anyRole) == 0;
    }

    /**
     * How many migrations that this build knows are still to be applied; needs only read access. A repeatable migration that was applied with
     * other contents does not count, because a newer build may have applied it.
     *
     * @throws IllegalStateException if a version before 0.1.0 created the database
     */
    public static int pending(DataSource anyRole) {
        var info = flyway(anyRole).info();
        requireUpgradable(info);
        var applied =
                Stream.of(info.applied()).map(MigrationInfo::getDescription).collect(Collectors.toSet());
        return (int) Stream.of(info.pending())
                .filter(migration -> migration.getVersion() != null || !applied.contains(migration.getDescription()))
                .count();
    }

    /** Whether the database has migrations that this build does not know. */
    private static boolean isNewer(MigrationInfoService info) {
        return Stream.of(info.applied())
                .anyMatch(migration -> !migration.getState().isResolved());
    }

    private static void requireUpgradable(MigrationInfoService info) {
        if (Stream.of(info.applied()).anyMatch(migration -> BEFORE_THE_FIRST_RELEASE.equals(migration.getVersion()))) {
            throw new IllegalStateException(
                    "A version before 0.1.0 created it, and its schema cannot be upgraded. Use an empty database. If Carillon runs its own "
                            + "servers, choose another folder with --data, or delete the old folder if you no longer need what is in it.");
        }
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .outOfOrder(true)
                // A newer build may have migrated the database; processes of this build go on with it.
                .ignoreMigrationPatterns("*:future", "*:missing")
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
