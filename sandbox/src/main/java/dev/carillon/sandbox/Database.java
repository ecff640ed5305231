package dev.carillon.sandbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's own connections; each statement is its own transaction, committed when the call returns. */
final class Database implements AutoCloseable {
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    static Database open(SandboxConfig.Store store) {
        var settings = new HikariConfig();
        settings.setPoolName("sandbox");
        settings.setJdbcUrl(store.jdbcUrl());
        settings.setUsername(store.user());
        settings.setPassword(store.password());
        settings.setMaximumPoolSize(store.poolSize());
        settings.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        // The server's details quote values, and the texts of posts must not reach the log.
        settings.addDataSourceProperty("logServerErrorDetail", "false");
        // The pool fills when posts come, and a start does not wait for its logins.
        settings.setMinimumIdle(1);
        return new Database(new HikariDataSource(settings));
    }

    <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            var rows = new ArrayList<T>();
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    int update(String sql, @Nullable Object... values) {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            // The driver cannot bind an Instant.
            var value = values[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : values[i];
            statement.setObject(i + 1, value);
        }
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The statement failed, or its outcome is unknown; the cause says why. */
    static final class DatabaseFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        DatabaseFailure(SQLException cause) {
            super("the sandbox's database refused a statement", cause);
        }
    }
}
