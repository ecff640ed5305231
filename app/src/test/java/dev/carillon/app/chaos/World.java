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
 * What the workers live in: the ground that they stand on, and the sandbox platform, a process of its own on a PostgreSQL of its own, so
 * that no fault of ours reaches its books.
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

    /** What a worker has to know. */
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

    /** Also when the run is broken off. */
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
