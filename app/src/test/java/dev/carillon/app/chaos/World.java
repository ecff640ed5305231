package dev.carillon.app.chaos;

import dev.carillon.app.Carillon;
import dev.carillon.localservers.LocalPostgres;
import dev.carillon.localservers.LocalServers;
import dev.carillon.testkit.ChildJvm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the workers use: their servers, and the sandbox platform, a separate process on a separate PostgreSQL, so that no fault of Carillon
 * can change its records.
 */
final class World implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Ground ground;
    private final LocalPostgres platformPostgres;
    private final ChildJvm platform;
    private final URI platformUrl;

    World(Path folder) {
        ground = new Ground(folder, Map.of());
        platformPostgres = new LocalPostgres(folder.resolve("platform"), LocalServers.Options.FORGETFUL);
        ground.migrate(platformPostgres.start());
        platform = startPlatform();
        platformUrl = URI.create(platform.awaitLine("sandbox +(http://127\\.0\\.0\\.1:\\d+)", START)
                .group(1));
    }

    private ChildJvm startPlatform() {
        return ChildJvm.of(Carillon.class)
                .withArguments("up", "--role", "sandbox")
                .withEnvironment("CARILLON_DATABASE_URL", Ground.urlOf(platformPostgres.address()))
                .withEnvironment("CARILLON_MASTER_KEY", ground.masterKey())
                .withEnvironment("CARILLON_SANDBOX_PORT", "0")
                .start();
    }

    /** The environment of a worker. */
    Map<String, String> environment() {
        var known = ground.environment();
        known.put("CARILLON_SANDBOX_URL", platformUrl.toString());
        return known;
    }

    Path folder() {
        return ground.folder();
    }

    LocalServers servers() {
        return ground.servers();
    }

    URI platformUrl() {
        return platformUrl;
    }

    String platformSecret() {
        return ground.secrets().sandboxSecret();
    }

    <T> T bean(Class<T> type) {
        return ground.bean(type);
    }

    /** Also runs if the run is aborted. */
    void stopServers() {
        platformPostgres.close();
        ground.stopServers();
    }

    @Override
    public void close() {
        platform.close();
        platformPostgres.close();
        ground.close();
        LocalServers.discard(folder().resolve("platform"));
    }
}
