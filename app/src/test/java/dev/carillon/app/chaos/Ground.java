package dev.carillon.app.chaos;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.DerivedSecrets;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.sealing.MasterKeyCheck;
import dev.carillon.localservers.LocalServers;
import dev.carillon.localservers.PostgresAddress;
import dev.carillon.migrations.Migrations;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What the processes of a run use: a separate PostgreSQL and Redis, and core in this process, which does none of the fleet's work. */
final class Ground implements AutoCloseable {
    private final Path folder;
    private final String masterKey = MasterKey.generate();
    private final DerivedSecrets secrets = new DerivedSecrets(masterKey);
    private final LocalServers servers;
    private final ApplicationContext carillon;

    /**
     * Starts the servers.
     *
     * @param furtherSettings of core in this process
     */
    Ground(Path folder, Map<String, Object> furtherSettings) {
        this.folder = folder;
        servers = LocalServers.start(folder.resolve("servers"), LocalServers.Options.FORGETFUL);
        migrate(servers.postgres());
        carillon = start(furtherSettings);
        carillon.getBean(MasterKeyCheck.class).run(false);
    }

    /** Migrates a database, with the logins that are derived from the master key. */
    void migrate(PostgresAddress owner) {
        try (var database = BenchDatabase.of(new DatabaseLogin(owner.jdbcUrl(), owner.user(), owner.password()))) {
            BenchServers.migrate(database, masterKey);
            shortenPatience(database.pool());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the timeout to the lease, so that the locks of a stopped process are released when its lease has expired. */
    private static void shortenPatience(DataSource owner) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE %s SET idle_in_transaction_session_timeout = %d"
                    .formatted(Migrations.DISPATCH_ROLE, ShortTimes.LEASE.toMillis()));
        }
    }

    private String password(String role) {
        return secrets.password(role);
    }

    private ApplicationContext start(Map<String, Object> furtherSettings) {
        var settings = new HashMap<>(furtherSettings);
        settings.putAll(Map.of(
                "carillon.database.app-url",
                servers.postgres().jdbcUrl(),
                "carillon.database.app-user",
                Migrations.APP_ROLE,
                "carillon.database.app-password",
                password(Migrations.APP_ROLE),
                "carillon.database.app-pool-size",
                4,
                "carillon.redis.url",
                servers.redis().uri(),
                "carillon.master-key",
                masterKey));
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(settings)
                .start();
    }

    /** The environment with which a process uses the servers, with the short times of a run. */
    Map<String, String> environment() {
        var known = new LinkedHashMap<>(ShortTimes.environment());
        known.put("CARILLON_DATABASE_URL", urlOf(servers.postgres()));
        known.put("CARILLON_REDIS_URL", servers.redis().uri());
        known.put("CARILLON_MASTER_KEY", masterKey);
        return known;
    }

    static String urlOf(PostgresAddress owner) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(owner.user(), owner.password(), owner.host(), owner.port(), owner.database());
    }

    Path folder() {
        return folder;
    }

    LocalServers servers() {
        return servers;
    }

    String masterKey() {
        return masterKey;
    }

    DerivedSecrets secrets() {
        return secrets;
    }

    <T> T bean(Class<T> type) {
        return carillon.getBean(type);
    }

    /** Also runs if the run is aborted: the processes end with this JVM, but servers do not. */
    void stopServers() {
        servers.close();
    }

    @Override
    public void close() {
        carillon.close();
        stopServers();
        LocalServers.discard(folder.resolve("servers"));
    }
}
