package dev.carillon.app.bench.server;

import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.DerivedSecrets;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.localservers.LocalServers;
import dev.carillon.migrations.Migrations;
import dev.carillon.migrations.RolePasswords;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one PostgreSQL for all measurements of a run, and a Redis. Both are embedded and durable unless the environment names servers;
 * closing it leaves nothing behind.
 */
public final class BenchServers implements AutoCloseable {
    /** UUIDv7 in SQL, which PostgreSQL supports natively from version 18 on. */
    public static final String NEW_ID = """
            CREATE FUNCTION bench_id(moment timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
                SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '7'
                        || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid $$
            """;

    private static final String PREFIX = "carillon_bench_";
    private static final String TEMPLATE = PREFIX + "template";

    private final DatabaseLogin owner;
    private final @Nullable DatabaseLogin superuser;
    private final String redisUrl;
    private final String masterKey;
    private final Runnable stop;
    private final AtomicInteger count = new AtomicInteger();

    private BenchServers(
            DatabaseLogin owner, @Nullable DatabaseLogin superuser, String redisUrl, String masterKey, Runnable stop) {
        this.owner = owner;
        this.superuser = superuser;
        this.redisUrl = redisUrl;
        this.masterKey = masterKey;
        this.stop = stop;
    }

    /**
     * Starts embedded servers below {@code folder}, or uses the named ones; then creates the template of new databases.
     *
     * @param statistics whether PostgreSQL collects statement statistics; for embedded servers only
     */
    public static BenchServers start(Settings settings, Path folder, boolean statistics) {
        var servers = settings.databases().named() ? named(settings) : embedded(folder, statistics);
        servers.makeTemplate(statistics);
        return servers;
    }

    private static BenchServers embedded(Path folder, boolean statistics) {
        var servers = LocalServers.start(folder);
        var address = servers.postgres();
        var root = servers.postgresServer().superuser();
        var superuser = new DatabaseLogin(root.jdbcUrl(), root.user(), root.password());
        if (statistics) {
            try (var database = BenchDatabase.of(superuser)) {
                database.run("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
            }
            servers.postgresServer().restart();
        }
        return new BenchServers(
                new DatabaseLogin(address.jdbcUrl(), address.user(), address.password()),
                superuser,
                servers.redis().uri(),
                MasterKey.generate(),
                servers::close);
    }

    private static BenchServers named(Settings settings) {
        var owner = settings.databases().owner();
        if (owner == null || settings.redisUrl() == null || settings.masterKey() == null) {
            throw new StartRefused("""
                    With named servers, set CARILLON_DATABASE_URL (an owner that may create databases), CARILLON_REDIS_URL and
                    CARILLON_MASTER_KEY: the benchmark sets the passwords of the server's roles to those derived from that key.""");
        }
        return new BenchServers(owner, null, settings.redisUrl(), settings.masterKey(), () -> {});
    }

    /** Migrates a database, with the role passwords that are derived from the key. */
    public static void migrate(BenchDatabase database, String masterKey) {
        var secrets = new DerivedSecrets(masterKey);
        Migrations.run(
                database.pool(),
                new RolePasswords(
                        secrets.password(Migrations.APP_ROLE),
                        secrets.password(Migrations.DISPATCH_ROLE),
                        secrets.password(Migrations.SANDBOX_ROLE)));
    }

    private void makeTemplate(boolean statistics) {
        dropDatabase(TEMPLATE);
        createDatabase(TEMPLATE, "");
        try (var database = BenchDatabase.of(at(owner, TEMPLATE))) {
            migrate(database, masterKey);
            database.run(NEW_ID);
        }
        if (statistics && superuser != null) {
            try (var database = BenchDatabase.of(at(superuser, TEMPLATE))) {
                database.run("CREATE EXTENSION pg_stat_statements");
            }
        }
    }

    /** A new, migrated database without rows. */
    public BenchDatabase carillon() {
        return newDatabase("TEMPLATE " + TEMPLATE);
    }

    /** A new, empty database. */
    public BenchDatabase empty() {
        return newDatabase("");
    }

    private BenchDatabase newDatabase(String options) {
        var name = PREFIX + count.incrementAndGet();
        dropDatabase(name);
        createDatabase(name, options);
        return BenchDatabase.of(at(owner, name), () -> dropDatabase(name));
    }

    private void createDatabase(String name, String options) {
        maintain("CREATE DATABASE %s OWNER %s %s".formatted(name, owner.user(), options));
    }

    private void dropDatabase(String name) {
        maintain("DROP DATABASE IF EXISTS %s%s".formatted(name, superuser == null ? "" : " WITH (FORCE)"));
    }

    private void maintain(String statement) {
        try (var database = BenchDatabase.of(superuser == null ? owner : superuser)) {
            database.run(statement);
        }
    }

    /** The worker's login to this database. */
    public DatabaseLogin worker(BenchDatabase database) {
        return database.login().as(Migrations.DISPATCH_ROLE, password(Migrations.DISPATCH_ROLE));
    }

    /** The settings that let this JVM use core on this database, as API and as dispatcher. They contain passwords. */
    public Map<String, Object> properties(BenchDatabase database) {
        var settings = new HashMap<String, Object>();
        for (var login : Map.of("app", Migrations.APP_ROLE, "dispatch", Migrations.DISPATCH_ROLE)
                .entrySet()) {
            var prefix = "carillon.database." + login.getKey();
            settings.put(prefix + "-url", database.login().jdbcUrl());
            settings.put(prefix + "-user", login.getValue());
            settings.put(prefix + "-password", password(login.getValue()));
        }
        settings.put("carillon.redis.url", redisUrl);
        settings.put("carillon.master-key", masterKey);
        return settings;
    }

    /** A superuser's login to this database, or the owner's if no superuser is known. */
    public DatabaseLogin superuser(BenchDatabase database) {
        return superuser == null ? database.login() : database.login().as(superuser.user(), superuser.password());
    }

    public boolean hasSuperuser() {
        return superuser != null;
    }

    /** Runs a checkpoint; does nothing if no superuser is known. */
    public void checkpoint() {
        if (superuser != null) {
            maintain("CHECKPOINT");
        }
    }

    public String redisUrl() {
        return redisUrl;
    }

    public String masterKey() {
        return masterKey;
    }

    private String password(String role) {
        return new DerivedSecrets(masterKey).password(role);
    }

    private static DatabaseLogin at(DatabaseLogin login, String database) {
        var url = login.jdbcUrl().replaceFirst("^(jdbc:postgresql://[^/]+/)[^?]+", "$1" + database);
        return new DatabaseLogin(url, login.user(), login.password());
    }

    @Override
    public void close() {
        try {
            dropDatabase(TEMPLATE);
        } finally {
            stop.run();
        }
    }
}
