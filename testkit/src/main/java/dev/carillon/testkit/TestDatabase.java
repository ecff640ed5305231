package dev.carillon.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.localservers.PostgresAddress;
import dev.carillon.migrations.Migrations;
import dev.carillon.migrations.RolePasswords;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database for one test (or test class), migrated and empty. The server and the migrated template behind it are
 * created once per JVM, so that a new database is only a copy of files.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    static final RolePasswords PASSWORDS = new RolePasswords("app-of-tests", "dispatch-of-tests", "sandbox-of-tests");

    /** Enough for two dozen threads of one test, few enough for several databases on one server. */
    private static final int MOST_CONNECTIONS = 24;

    private final PostgresAddress owner;
    private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

    private TestDatabase(PostgresAddress owner) {
        this.owner = owner;
    }

    /** Creates a database that nothing else uses. */
    public static TestDatabase fresh() {
        var template = Template.OWNER;
        var name = "carillon_test_" + COUNT.incrementAndGet();
        Template.execute(
                "CREATE DATABASE %s OWNER %s TEMPLATE %s".formatted(name, template.user(), template.database()));
        return new TestDatabase(
                new PostgresAddress(template.host(), template.port(), name, template.user(), template.password()));
    }

    /** The JDBC URL without credentials. */
    public String jdbcUrl() {
        return owner.jdbcUrl();
    }

    /** The name of this database on its server. */
    public String name() {
        return owner.database();
    }

    /** The role of the API, under row-level security. */
    public String appUser() {
        return Migrations.APP_ROLE;
    }

    public String appPassword() {
        return PASSWORDS.app();
    }

    /** The role of worker, dispatch and billing, which sees all workspaces. */
    public String dispatchUser() {
        return Migrations.DISPATCH_ROLE;
    }

    public String dispatchPassword() {
        return PASSWORDS.dispatch();
    }

    /** The role of the sandbox platform. */
    public String sandboxUser() {
        return Migrations.SANDBOX_ROLE;
    }

    public String sandboxPassword() {
        return PASSWORDS.sandbox();
    }

    /** The role that owns the database and migrates it. */
    public String ownerUser() {
        return owner.user();
    }

    public String ownerPassword() {
        return owner.password();
    }

    /** Connections of the owner, from a small pool that is closed with this database. */
    public DataSource asOwner() {
        return pool(ownerUser(), ownerPassword());
    }

    /** Connections of the API's role, from a small pool that is closed with this database. */
    public DataSource asApp() {
        return pool(appUser(), appPassword());
    }

    /** Connections of the role of worker, dispatch and billing, from a small pool that is closed with this database. */
    public DataSource asDispatch() {
        return pool(dispatchUser(), dispatchPassword());
    }

    /** Connections of the sandbox platform's role, from a small pool that is closed with this database. */
    public DataSource asSandbox() {
        return pool(sandboxUser(), sandboxPassword());
    }

    private DataSource pool(String user, String password) {
        return pools.computeIfAbsent(user, ignored -> newPool(owner, user, password));
    }

    /** Drops the database, and cuts open connections to it. */
    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
        Template.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name()));
    }

    static HikariDataSource newPool(PostgresAddress address, String user, String password) {
        var settings = new HikariConfig();
        settings.setPoolName("%s of %s".formatted(user, address.database()));
        settings.setJdbcUrl(address.jdbcUrl());
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setMinimumIdle(0);
        settings.setMaximumPoolSize(MOST_CONNECTIONS);
        return new HikariDataSource(settings);
    }

    /** The migrated database from which new ones are copied, created on first use. */
    private static final class Template {
        static final PostgresAddress OWNER = migrated();
        private static final Connection SUPERUSER = superuser();

        private static PostgresAddress migrated() {
            var owner = TestServers.shared().owner();
            try (var pool = newPool(owner, owner.user(), owner.password())) {
                Migrations.run(pool, PASSWORDS);
            }
            return owner;
        }

        private static Connection superuser() {
            var superuser = TestServers.shared().superuser();
            try {
                return DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
            } catch (SQLException e) {
                throw new IllegalStateException("Could not reach the test PostgreSQL server", e);
            }
        }

        static synchronized void execute(String sql) {
            try (var statement = SUPERUSER.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }
}
