package dev.carillon.app.doctor;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.carillon.app.settings.DatabaseLogin;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** What a PostgreSQL server reports about itself and about the user who asks. */
final class ServerQueries {
    private static final String ABOUT = """
            SELECT current_setting('server_version_num')::int AS version,
                   split_part(current_setting('server_version'), ' ', 1) AS version_text,
                   mine.rolsuper OR mine.rolcreaterole AS may_create_roles,
                   (SELECT count(*) FROM pg_roles WHERE rolname IN ('carillon_app', 'carillon_dispatch', 'carillon_sandbox')) AS roles,
                   clock_timestamp() AS now
            FROM pg_roles AS mine
            WHERE mine.rolname = current_user
            """;

    private ServerQueries() {}

    /**
     * A server and its user.
     *
     * @param version such as 170002
     * @param roles how many of Carillon's three running roles exist
     */
    record About(int version, String versionText, boolean mayCreateRoles, int roles, Instant now) {}

    /** The server cannot be reached or refuses the login. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        Unreachable(Throwable cause) {
            super(ConnectionFailure.reason(cause), cause);
        }
    }

    static About ask(DataSource server) throws Unreachable {
        try (var connection = server.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(ABOUT)) {
            if (!rows.next()) {
                throw new SQLException("The server does not list the current user among its roles.");
            }
            return new About(
                    rows.getInt("version"),
                    rows.getString("version_text"),
                    rows.getBoolean("may_create_roles"),
                    rows.getInt("roles"),
                    rows.getTimestamp("now").toInstant());
        } catch (SQLException e) {
            throw new Unreachable(e);
        }
    }

    /**
     * A pool that gives up on a connection after this many seconds.
     *
     * @throws Unreachable if not even one can be opened
     */
    static HikariDataSource impatient(DatabaseLogin login, int seconds) throws Unreachable {
        var limit = Integer.toString(seconds);
        var pool = new HikariConfig();
        pool.setPoolName("carillon-doctor");
        pool.setJdbcUrl(login.jdbcUrl());
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(seconds * 1000L);
        pool.addDataSourceProperty("connectTimeout", limit);
        pool.addDataSourceProperty("loginTimeout", limit);
        pool.addDataSourceProperty("socketTimeout", limit);
        try {
            return new HikariDataSource(pool);
        } catch (HikariPool.PoolInitializationException e) {
            throw new Unreachable(e.getCause() == null ? e : e.getCause());
        }
    }
}
