package dev.carillon.core.database;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The pools of both roles behind one {@code DataSource}. A connection has the role of the open transaction
 * ({@link Transactions}), and outside a transaction the less privileged role, {@link DatabaseRole#APP}. Repositories
 * therefore work in the API and the workers alike.
 */
@Singleton
@Named("default")
class RoutedDataSource implements DataSource {
    private final DatabasePools pools;

    RoutedDataSource(DatabasePools pools) {
        this.pools = pools;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var pool = pools.fairPool(Transactions.currentRole());
        return FlushingConnections.of(pool.acquire(), pool::release);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the configuration sets the login");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("logging goes through SLF4J");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("the pool sets its own timeout");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logging goes through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
