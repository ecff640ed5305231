package dev.carillon.app.bench.dispatch;

import dev.carillon.app.Carillon;
import dev.carillon.app.settings.Settings;
import dev.carillon.core.database.DatabaseConfig;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.worker.WorkerRole;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The worker role as the launcher starts it, in this process, with platforms in memory. */
final class BenchWorker implements RunningWorker {
    private final ApplicationContext context;
    private final WorkerRole role;

    private BenchWorker(ApplicationContext context) {
        this.context = context;
        this.role = context.getBean(WorkerRole.class);
    }

    static BenchWorker start(Map<String, String> properties) {
        var worker = new BenchWorker(ApplicationContext.builder()
                .mainClass(Carillon.class)
                .banner(false)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .environmentVariableIncludes(settingsOfTheEnvironment())
                .properties(Map.copyOf(properties))
                .start());
        worker.role.start();
        return worker;
    }

    /** Environment variables that set keys of {@code application.yml}, as they do for the launcher. */
    private static String[] settingsOfTheEnvironment() {
        return System.getenv().keySet().stream()
                .filter(name -> name.startsWith("CARILLON_") && !Settings.READ_HERE.contains(name))
                .toArray(String[]::new);
    }

    @Override
    public String settings() {
        return "%s, %d connections, %d jobs at a time"
                .formatted(
                        context.getBean(DispatchConfig.class),
                        context.getBean(DatabaseConfig.class).dispatchPoolSize(),
                        JobServerConfig.WORKER.workers());
    }

    @Override
    public void close() {
        context.getBean(MemoryPlatform.class).release();
        role.close();
        context.close();
    }
}
