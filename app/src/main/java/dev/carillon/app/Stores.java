package dev.carillon.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.carillon.app.doctor.ConnectionFailure;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.DerivedSecrets;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.sealing.MasterKeyQueries;
import dev.carillon.localservers.LocalServers;
import dev.carillon.migrations.Migrations;
import dev.carillon.migrations.RolePasswords;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stores of an installation, and its master key.
 *
 * @param owner may migrate; unknown to a process that was given only the other logins
 * @param redisUrl null if none is named; only a running role needs one
 */
record Stores(
        @Nullable DatabaseLogin owner,
        @Nullable DatabaseLogin app,
        @Nullable DatabaseLogin dispatch,
        @Nullable String redisUrl,
        String masterKey) {

    /** The embedded servers of this machine, with the master key of their folder unless another one was named. */
    static Stores embedded(LocalServers servers, Settings settings, DataFolder folder) {
        var postgres = servers.postgres();
        var named = settings.masterKey();
        var masterKey = named != null ? named : folder.masterKey();
        var owner = new DatabaseLogin(postgres.jdbcUrl(), postgres.user(), postgres.password());
        return complete(owner, null, null, servers.redis().uri(), masterKey);
    }

    /**
     * The servers that the operator named.
     *
     * @throws StartRefused without a usable master key
     */
    static Stores named(Settings settings) {
        var masterKey = settings.requiredMasterKey();
        var databases = settings.databases();
        return complete(databases.owner(), databases.app(), databases.dispatch(), settings.redisUrl(), masterKey);
    }

    private static Stores complete(
            @Nullable DatabaseLogin owner,
            @Nullable DatabaseLogin app,
            @Nullable DatabaseLogin dispatch,
            @Nullable String redisUrl,
            String masterKey) {
        refuseUnlessKey(masterKey);
        var secrets = new DerivedSecrets(masterKey);
        return new Stores(
                owner,
                app != null ? app : as(owner, Migrations.APP_ROLE, secrets),
                dispatch != null ? dispatch : as(owner, Migrations.DISPATCH_ROLE, secrets),
                redisUrl,
                masterKey);
    }

    private static void refuseUnlessKey(String masterKey) {
        try {
            var _ = new MasterKey(masterKey);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(Objects.toString(e.getMessage()), e);
        }
    }

    private static @Nullable DatabaseLogin as(@Nullable DatabaseLogin owner, String role, DerivedSecrets secrets) {
        return owner == null ? null : owner.as(role, secrets.password(role));
    }

    /** The sandbox platform's own login, on the same database as the others. */
    DatabaseLogin sandbox() {
        var any = Stream.of(owner, app, dispatch)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no database"));
        var secrets = new DerivedSecrets(masterKey);
        return any.as(Migrations.SANDBOX_ROLE, secrets.password(Migrations.SANDBOX_ROLE));
    }

    /**
     * Migrates the database to the current schema.
     *
     * @return how many migrations were applied
     * @throws StartRefused if it cannot be reached or migrated
     */
    int migrate() {
        if (owner == null) {
            throw new StartRefused(
                    "Set CARILLON_DATABASE_URL to the login of the database's owner: only the owner can migrate.");
        }
        try (var connections = connect(owner)) {
            // Check this before the roles get passwords derived from the key; otherwise the running processes would be
            // locked out.
            if (!MasterKeyQueries.fits(connections, new MasterKey(masterKey))) {
                throw new StartRefused(
                        "CARILLON_MASTER_KEY is not the key that sealed this database. Set the key that its first start used.");
            }
            return Migrations.run(connections, passwords());
        } catch (StartRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StartRefused("The database (%s) could not be migrated. %s".formatted(owner, e.getMessage()), e);
        }
    }

    /** Migrates if this process has the owner's login; otherwise requires a database that is already migrated. */
    void bringUpToDate() {
        if (owner != null) {
            migrate();
        } else {
            refuseUnlessMigrated();
        }
    }

    /**
     * Continues only with a database that has the schema of this build.
     *
     * @throws StartRefused naming the command that migrates it
     */
    void refuseUnlessMigrated() {
        var login = Objects.requireNonNull(app != null ? app : dispatch, "no login");
        boolean current;
        try (var connections = connect(login)) {
            current = Migrations.isCurrent(connections);
        } catch (StartRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StartRefused("The database (%s) cannot be read. %s".formatted(login, e.getMessage()), e);
        }
        if (!current) {
            throw new StartRefused(
                    "The database has an older schema than this version needs. Run './carillon migrate' first.");
        }
    }

    private RolePasswords passwords() {
        return new RolePasswords(
                passwordOf(Migrations.APP_ROLE, app),
                passwordOf(Migrations.DISPATCH_ROLE, dispatch),
                sandbox().password());
    }

    /**
     * A named login takes precedence. A role that was not named, because a pooler renames it, keeps the derived
     * password.
     */
    private String passwordOf(String role, @Nullable DatabaseLogin login) {
        return login != null && login.user().equals(role)
                ? login.password()
                : new DerivedSecrets(masterKey).password(role);
    }

    /** For a few statements at the start: one connection, and a second one for taking a lock at the same time. */
    private static HikariDataSource connect(DatabaseLogin login) {
        try {
            return new HikariDataSource(pool(login));
        } catch (HikariPool.PoolInitializationException e) {
            var reason = ConnectionFailure.reason(e.getCause() == null ? e : e.getCause());
            throw new StartRefused(
                    "The database (%s) cannot be reached: %s. Run './carillon doctor' to check all settings and servers."
                            .formatted(login, reason),
                    e);
        }
    }

    private static HikariConfig pool(DatabaseLogin login) {
        var pool = new HikariConfig();
        pool.setPoolName("carillon-start");
        pool.setJdbcUrl(login.jdbcUrl());
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(0);
        return pool;
    }

    @Override
    public String toString() {
        return "Stores[owner=%s, app=%s, dispatch=%s]".formatted(owner, app, dispatch);
    }
}
