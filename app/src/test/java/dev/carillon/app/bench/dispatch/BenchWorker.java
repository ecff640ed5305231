package dev.carillon.app.bench.dispatch;

import dev.carillon.app.Carillon;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.Settings;
import dev.carillon.core.platform.Platform;
import dev.carillon.worker.WorkerRole;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The worker role as the launcher starts it, in this process, with the platforms in memory. */
final class BenchWorker implements AutoCloseable {
    private final ApplicationContext context;
    private final WorkerRole role;

    private BenchWorker(ApplicationContext context) {
        this.context = context;
        this.role = context.getBean(WorkerRole.class);
    }

    /**
     * Where a worker works.
     *
     * @param latency of each platform that does not answer at once
     */
    record Place(DatabaseLogin login, String redisUrl, String masterKey, Map<Platform, Duration> latency) {
        Map<String, Object> properties() {
            var latencyMillis = new HashMap<String, Object>(Map.of("none", 0L));
            latency.forEach((platform, time) -> latencyMillis.put(platform.wireName(), time.toMillis()));
            return Map.of(
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
                    "carillon.outbound.allow",
                    List.of(),
                    "carillon.outbound.own-ports",
                    List.of(),
                    MemoryPlatform.LATENCY,
                    latencyMillis);
        }
    }

    static BenchWorker start(Place place) {
        var worker = new BenchWorker(ApplicationContext.builder()
                .mainClass(Carillon.class)
                .banner(false)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .environmentVariableIncludes(settingsOfTheEnvironment())
                .properties(place.properties())
                .start());
        worker.role.start();
        return worker;
    }

    /** Variables that set keys of {@code application.yml}, as they do for the launcher. */
    static String[] settingsOfTheEnvironment() {
        return System.getenv().keySet().stream()
                .filter(name -> name.startsWith("CARILLON_") && !Settings.READ_HERE.contains(name))
                .sorted()
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        context.getBean(MemoryPlatform.class).release();
        role.close();
        context.close();
    }
}
