package dev.carillon.app.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.app.Carillon;
import dev.carillon.app.settings.DerivedSecrets;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.sealing.MasterKeyCheck;
import dev.carillon.localservers.LocalPostgres;
import dev.carillon.localservers.LocalServers;
import dev.carillon.localservers.PostgresAddress;
import dev.carillon.migrations.Migrations;
import dev.carillon.migrations.RolePasswords;
import dev.carillon.testkit.ChildJvm;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What the workers live in: their PostgreSQL and Redis, and the sandbox platform, a process of its own on a PostgreSQL of its own, so
 * that no fault of ours reaches its books.
 */
final class World implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final String masterKey = MasterKey.generate();
    private final DerivedSecrets secrets = new DerivedSecrets(masterKey);
    private final LocalServers servers;
    private final LocalPostgres platformPostgres;
    private final ChildJvm platform;
    private final URI platformUrl;
    private final ApplicationContext carillon;

    World(Path folder) {
        this.folder = folder;
        servers = LocalServers.start(folder.resolve("servers"), LocalServers.Options.FORGETFUL);
        platformPostgres = new LocalPostgres(folder.resolve("platform"), LocalServers.Options.FORGETFUL);
        migrate(servers.postgres());
        migrate(platformPostgres.start());
        platform = startPlatform();
        platformUrl = URI.create(platform.awaitLine("sandbox +(http://127\\.0\\.0\\.1:\\d+)", START)
                .group(1));
        carillon = start();
        carillon.getBean(MasterKeyCheck.class).run(false);
    }

    private void migrate(PostgresAddress owner) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(owner.jdbcUrl());
        settings.setUsername(owner.user());
        settings.setPassword(owner.password());
        settings.setMaximumPoolSize(2);
        try (var pool = new HikariDataSource(settings)) {
            Migrations.run(
                    pool,
                    new RolePasswords(
                            password(Migrations.APP_ROLE),
                            password(Migrations.DISPATCH_ROLE),
                            password(Migrations.SANDBOX_ROLE)));
            shortenPatience(pool);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As short as the lease, so that what a stopped worker has locked is free when its lease has run out. */
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

    private ChildJvm startPlatform() {
        return ChildJvm.of(Carillon.class)
                .withArguments("up", "--role", "sandbox")
                .withEnvironment("CARILLON_DATABASE_URL", urlOf(platformPostgres.address()))
                .withEnvironment("CARILLON_MASTER_KEY", masterKey)
                .withEnvironment("CARILLON_SANDBOX_PORT", "0")
                .start();
    }

    /** The use cases of core, to accept posts with; nothing in this process publishes. */
    private ApplicationContext start() {
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(Map.of(
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
                        masterKey))
                .start();
    }

    /** What a worker has to know. */
    Map<String, String> environment() {
        var known = new LinkedHashMap<>(ShortTimes.environment());
        known.put("CARILLON_DATABASE_URL", urlOf(servers.postgres()));
        known.put("CARILLON_REDIS_URL", servers.redis().uri());
        known.put("CARILLON_MASTER_KEY", masterKey);
        known.put("CARILLON_SANDBOX_URL", platformUrl.toString());
        return known;
    }

    private static String urlOf(PostgresAddress owner) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(owner.user(), owner.password(), owner.host(), owner.port(), owner.database());
    }

    Path folder() {
        return folder;
    }

    LocalServers servers() {
        return servers;
    }

    URI platformUrl() {
        return platformUrl;
    }

    String platformSecret() {
        return secrets.sandboxSecret();
    }

    <T> T bean(Class<T> type) {
        return carillon.getBean(type);
    }

    /** Also when the run is broken off; the processes of the run end with this JVM by themselves, servers do not. */
    void stopServers() {
        platformPostgres.close();
        servers.close();
    }

    @Override
    public void close() {
        carillon.close();
        platform.close();
        stopServers();
        LocalServers.discard(folder.resolve("servers"));
        LocalServers.discard(folder.resolve("platform"));
    }
}
