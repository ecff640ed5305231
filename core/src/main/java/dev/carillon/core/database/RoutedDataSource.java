package dev.carillon.core.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Primary;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One pool per role, behind one {@code DataSource}: a connection is of the role that {@link Transactions} opened, and of the lesser
 * one, {@link DatabaseRole#APP}, where nobody said. So a repository serves the API and the workers alike.
 */
@Singleton
@Primary
@Named("default")
public class RoutedDataSource implements DataSource {
    private final Map<DatabaseRole, HikariDataSource> pools = new EnumMap<>(DatabaseRole.class);

    public RoutedDataSource(DatabaseConfig config) {
        if (config.appUrl() != null) {
            pools.put(
                    DatabaseRole.APP,
                    pool("app", config.appUrl(), config.appUser(), config.appPassword(), config.appPoolSize()));
        }
        if (config.dispatchUrl() != null) {
            pools.put(
                    DatabaseRole.DISPATCH,
                    pool(
                            "dispatch",
                            config.dispatchUrl(),
                            config.dispatchUser(),
                            config.dispatchPassword(),
                            config.dispatchPoolSize()));
        }
    }

    private static HikariDataSource pool(
            String name, String url, @Nullable String user, @Nullable String password, int size) {
        var hikari = new HikariConfig();
        hikari.setPoolName("carillon-" + name);
        hikari.setJdbcUrl(url);
        hikari.setUsername(user);
        hikari.setPassword(password);
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(Math.min(2, size));
        hikari.setConnectionTimeout(5_000);
        hikari.setInitializationFailTimeout(20_000);
        hikari.addDataSourceProperty("ApplicationName", "carillon-" + name);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(hikari);
    }

    /** Whether this process has a login of the role. */
    public boolean has(DatabaseRole role) {
        return pools.containsKey(role);
    }

    /** The pool of one role, for what manages its own transactions. */
    public DataSource pool(DatabaseRole role) {
        var pool = pools.get(role);
        if (pool == null) {
            throw new IllegalStateException("this process has no database login for " + role);
        }
        return pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool(Transactions.currentRole()).getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("logins come from the configuration");
    }

    @PreDestroy
    void close() {
        pools.values().forEach(HikariDataSource::close);
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
        throw new SQLFeatureNotSupportedException("the pool has its own time-out");
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
