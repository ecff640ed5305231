package dev.carillon.core.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One connection pool per role that this process has a login for. */
@Singleton
public class DatabasePools {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * One in this many connections is reserved for code that bypasses the semaphore: job servers and reads of the
     * database's clock.
     */
    private static final int LEFT_ASIDE = 8;

    private final Map<DatabaseRole, HikariDataSource> pools = new EnumMap<>(DatabaseRole.class);
    private final Map<DatabaseRole, FairConnectionPool> fairPools = new EnumMap<>(DatabaseRole.class);

    public DatabasePools(DatabaseConfig config) {
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
        pools.forEach((role, pool) -> {
            int size = pool.getMaximumPoolSize();
            fairPools.put(role, new FairConnectionPool(pool, size - size / LEFT_ASIDE, PATIENCE));
        });
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
        hikari.setConnectionTimeout(PATIENCE.toMillis());
        hikari.setInitializationFailTimeout(20_000);
        hikari.addDataSourceProperty("ApplicationName", "carillon-" + name);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(hikari);
    }

    /** Whether this process has a login for the role. */
    public boolean has(DatabaseRole role) {
        return pools.containsKey(role);
    }

    /** The pool of one role, for code that manages its own transactions. */
    public DataSource pool(DatabaseRole role) {
        return known(pools, role);
    }

    /** The fair semaphore through which transactions of one role get their connections. */
    FairConnectionPool fairPool(DatabaseRole role) {
        return known(fairPools, role);
    }

    private static <T> T known(Map<DatabaseRole, T> ofRoles, DatabaseRole role) {
        var found = ofRoles.get(role);
        if (found == null) {
            throw new IllegalStateException("this process has no database login for " + role);
        }
        return found;
    }

    /**
     * Whether the database answers one of this process's logins within a second, not counting the wait for a
     * connection.
     */
    public boolean answers() {
        var any = pools.values().iterator().next();
        try (var connection = any.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @PreDestroy
    void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
