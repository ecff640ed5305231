package dev.carillon.app.bench.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.app.settings.DatabaseLogin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database and a login to it, for the benchmark's own statements; closing it drops what was created for the benchmark. */
public final class BenchDatabase implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 4;

    private final DatabaseLogin login;
    private final HikariDataSource pool;
    private final Runnable drop;

    private BenchDatabase(DatabaseLogin login, Runnable drop) {
        this.login = login;
        this.pool = newPool(login, MOST_CONNECTIONS);
        this.drop = drop;
    }

    public static BenchDatabase of(DatabaseLogin login) {
        return new BenchDatabase(login, () -> {});
    }

    public static BenchDatabase of(DatabaseLogin login, Runnable drop) {
        return new BenchDatabase(login, drop);
    }

    /** Reads the current row of a result. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Work on one connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    public DatabaseLogin login() {
        return login;
    }

    public HikariDataSource pool() {
        return pool;
    }

    /** Another pool for the same database; the caller closes it. */
    public HikariDataSource newPool(int connections) {
        return newPool(login, connections);
    }

    private static HikariDataSource newPool(DatabaseLogin login, int connections) {
        var settings = new HikariConfig();
        settings.setPoolName("bench");
        settings.setJdbcUrl(login.jdbcUrl());
        settings.setUsername(login.user());
        settings.setPassword(login.password());
        settings.setMinimumIdle(0);
        settings.setMaximumPoolSize(connections);
        settings.addDataSourceProperty("ApplicationName", "bench");
        return new HikariDataSource(settings);
    }

    /** Runs one statement, or several that bind no values; returns the number of affected rows. */
    public int run(String sql, @Nullable Object... values) {
        return with(connection -> run(connection, sql, values));
    }

    public static int run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = prepared(connection, sql, values)) {
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        }
    }

    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) {
        return with(connection -> {
            try (var statement = prepared(connection, sql, values);
                    var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        });
    }

    /** The only row of a statement that always returns one. */
    public <T> T one(String sql, RowReader<T> reader, @Nullable Object... values) {
        return list(sql, reader, values).getFirst();
    }

    public boolean isTrue(String sql, @Nullable Object... values) {
        return one(sql, row -> row.getBoolean(1), values);
    }

    /** The database's time. */
    public Instant now() {
        return one("SELECT clock_timestamp()", row -> instant(row, 1));
    }

    public <T> T with(Work<T> work) {
        try (var connection = pool.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
                case List<?> ids ->
                    statement.setArray(i + 1, connection.createArrayOf("uuid", ids.toArray(UUID[]::new)));
                case null, default -> statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    @Override
    public void close() {
        pool.close();
        drop.run();
    }
}
