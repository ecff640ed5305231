package dev.carillon.app.bench.dispatch;

import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker connects to.
 *
 * @param latency of each platform that does not answer at once
 */
record WorkerPlace(DatabaseLogin login, String redisUrl, String masterKey, Map<Platform, Duration> latency) {
    WorkerPlace {
        latency = Map.copyOf(latency);
    }

    /** The settings that the launcher would set, and those of {@link MemoryPlatform}. They contain passwords. */
    Map<String, String> properties() {
        var properties = new TreeMap<>(Map.of(
                "carillon.master-key",
                masterKey,
                "carillon.redis.url",
                redisUrl,
                "carillon.database.dispatch-url",
                login.jdbcUrl(),
                "carillon.database.dispatch-user",
                login.user(),
                "carillon.database.dispatch-password",
                login.password(),
                MemoryPlatform.LATENCY + ".others",
                "0"));
        latency.forEach((platform, time) ->
                properties.put(MemoryPlatform.LATENCY + "." + platform.wireName(), Long.toString(time.toMillis())));
        return properties;
    }

    /** Leaves out the passwords, so that they do not appear in a log. */
    @Override
    public String toString() {
        return "WorkerPlace[%s, %s]".formatted(login, latency);
    }
}
