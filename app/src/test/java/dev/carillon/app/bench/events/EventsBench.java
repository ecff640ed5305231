package dev.carillon.app.bench.events;

import dev.carillon.app.bench.CarillonProcess;
import dev.carillon.app.bench.dispatch.Delays;
import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.DerivedSecrets;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.event.EventSequencer;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import dev.carillon.localservers.LocalServers;
import dev.carillon.migrations.Migrations;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From commit to stream. API and dispatch run in separate processes and this process writes the events; they are connected only through
 * PostgreSQL and Redis. Servers, readers and measured processes share the machine.
 */
@Command(name = "events", mixinStandardHelpOptions = true)
public final class EventsBench implements Callable<Integer> {
    private static final int WRITERS = 64;
    private static final int IDLE_EVENTS = 300;
    private static final int WARM_UP = 200;
    private static final int PER_KEY = 10_000;

    @Option(names = "--streams", description = "open streams (default: ${DEFAULT-VALUE})")
    private int streams = 2_000;

    @Option(names = "--workspaces", description = "workspaces that share the streams (default: ${DEFAULT-VALUE})")
    private int workspaces = 100;

    @Option(names = "--rate", description = "events a second (default: ${DEFAULT-VALUE})")
    private int rate = 200;

    @Option(names = "--seconds", description = "duration of each measurement (default: ${DEFAULT-VALUE})")
    private int seconds = 20;

    /** Takes about two minutes. */
    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "logback-bench.xml");
        System.exit(new CommandLine(new EventsBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("carillon-bench-events");
        System.out.printf(
                "machine     %d cores for everything, load average %.1f before the start%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        try (var servers = LocalServers.start(folder.resolve("servers"))) {
            var masterKey = MasterKey.generate();
            migrate(servers, masterKey);
            var environment = environment(servers, masterKey);
            try (var api = start(folder, "api", environment);
                    var context = ApplicationContext.builder()
                            .properties(settings(servers, masterKey))
                            .start()) {
                var run = new Run(context, api.url(), api.pid());
                double alone = run.writersAlone();
                try (var dispatch = start(folder, "dispatch", environment)) {
                    System.out.printf("dispatch    process %d numbers events%n", dispatch.pid());
                    run.awaitNumbered();
                    run.writersFollowed(alone);
                    run.idle();
                    run.manyStreams();
                }
            }
        } finally {
            LocalServers.discard(folder);
        }
        return 0;
    }

    /** A process of one role expects a migrated database. */
    private static void migrate(LocalServers servers, String masterKey) {
        var postgres = servers.postgres();
        try (var database =
                BenchDatabase.of(new DatabaseLogin(postgres.jdbcUrl(), postgres.user(), postgres.password()))) {
            BenchServers.migrate(database, masterKey);
        }
    }

    private static Map<String, String> environment(LocalServers servers, String masterKey) {
        var postgres = servers.postgres();
        var url = postgres.jdbcUrl()
                .replaceFirst(
                        "^jdbc:postgresql://", "postgresql://%s:%s@".formatted(postgres.user(), postgres.password()));
        return Map.of(
                "CARILLON_DATABASE_URL", url,
                "CARILLON_REDIS_URL", servers.redis().uri(),
                "CARILLON_MASTER_KEY", masterKey,
                "CARILLON_STREAMS_PER_KEY", Integer.toString(PER_KEY),
                "CARILLON_STREAMS_PER_PROCESS", Integer.toString(PER_KEY));
    }

    private static Map<String, Object> settings(LocalServers servers, String masterKey) {
        var settings = new HashMap<String, Object>();
        var secrets = new DerivedSecrets(masterKey);
        for (var login : Map.of("app", Migrations.APP_ROLE, "dispatch", Migrations.DISPATCH_ROLE)
                .entrySet()) {
            var prefix = "carillon.database." + login.getKey();
            settings.put(prefix + "-url", servers.postgres().jdbcUrl());
            settings.put(prefix + "-user", login.getValue());
            settings.put(prefix + "-password", secrets.password(login.getValue()));
        }
        settings.put("carillon.database.app-pool-size", 32);
        settings.put("carillon.redis.url", servers.redis().uri());
        settings.put("carillon.master-key", masterKey);
        return settings;
    }

    private static CarillonProcess start(Path folder, String role, Map<String, String> environment) {
        var command = List.of(System.getenv("CARILLON_LAUNCHER"), "up", "--port", "0", "--role", role);
        var process = CarillonProcess.start(folder.resolve(role + ".log"), environment, command);
        process.awaitReady();
        return process;
    }

    /** The measurements, on running processes. */
    private final class Run {
        private final ApplicationContext context;
        private final URI api;
        private final long apiPid;

        Run(ApplicationContext context, URI api, long apiPid) {
            this.context = context;
            this.api = api;
            this.apiPid = apiPid;
        }

        private WorkspaceId newWorkspace() {
            return context.getBean(WorkspaceService.class).create("Bench", Plan.SELF_HOSTED);
        }

        private String newKey(WorkspaceId workspace) {
            return context.getBean(ApiKeyAuthenticator.class)
                    .create(workspace, Mode.TEST, "bench", EnumSet.of(Scope.EVENTS_READ))
                    .secret()
                    .value();
        }

        private double writersAlone() throws Exception {
            var writing = new Writing(context);
            write(writing, newWorkspace(), Duration.ofSeconds(3));
            long before = writing.count();
            write(writing, newWorkspace(), Duration.ofSeconds(seconds));
            double alone = (writing.count() - before) / (double) seconds;
            System.out.printf(
                    "writers     %d of one workspace, without numbering: %,.0f events a second%n", WRITERS, alone);
            return alone;
        }

        private void writersFollowed(double alone) throws Exception {
            var writing = new Writing(context);
            var workspace = newWorkspace();
            var delays = new Delays();
            try (var _ = BenchStream.open(
                    api, newKey(workspace), number -> delays.record(writing.microsSince(number, System.nanoTime())))) {
                write(writing, workspace, Duration.ofSeconds(seconds));
                double followed = writing.count() / (double) seconds;
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> delays.count() >= writing.count());
                System.out.printf(
                        "sequencer   %d writers of one workspace, numbered and streamed: %,.0f events a second (%.0f %% of the rate without numbering), commit to stream p50 %.0f ms, p99 %.0f ms%n",
                        WRITERS, followed, 100 * followed / alone, delays.medianMillis(), delays.p99Millis());
            }
        }

        private void write(Writing writing, WorkspaceId workspace, Duration time) throws Exception {
            long end = System.nanoTime() + time.toNanos();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = new ArrayList<Future<?>>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    all.add(threads.submit(() -> {
                        while (System.nanoTime() < end) {
                            writing.write(workspace);
                        }
                    }));
                }
                for (var one : all) {
                    one.get();
                }
            }
        }

        /** Numbers the events that were written while numbering was off, so that they do not count in later measurements. */
        private void awaitNumbered() {
            var sequencer = context.getBean(EventSequencer.class);
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sequencer.numberAll() == 0);
        }

        private void idle() throws Exception {
            var writing = new Writing(context);
            var workspace = newWorkspace();
            var delays = new Delays();
            var seen = new AtomicLong();
            try (var _ = BenchStream.open(api, newKey(workspace), number -> {
                if (number > WARM_UP) {
                    delays.record(writing.microsSince(number, System.nanoTime()));
                }
                seen.set(number);
            })) {
                for (int i = 1; i <= WARM_UP + IDLE_EVENTS; i++) {
                    writing.write(workspace);
                    int number = i;
                    Awaitility.await()
                            .pollInterval(Duration.ofMillis(1))
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> seen.get() >= number);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            }
            System.out.printf(
                    "idle        one stream, %d events one after the other: commit to stream p50 %.1f ms, p99 %.1f ms%n",
                    IDLE_EVENTS, delays.medianMillis(), delays.p99Millis());
        }

        private void manyStreams() throws Exception {
            var writing = new Writing(context);
            var delays = new Delays();
            var all = new ArrayList<WorkspaceId>();
            var open = new ArrayList<BenchStream>();
            long before = memory();
            for (int i = 0; i < workspaces; i++) {
                all.add(newWorkspace());
                var key = newKey(all.get(i));
                for (int j = 0; j < streams / workspaces; j++) {
                    open.add(BenchStream.open(
                            api, key, number -> delays.record(writing.microsSince(number, System.nanoTime()))));
                }
            }
            long opened = memory();
            long interval = TimeUnit.SECONDS.toNanos(1) / rate;
            long began = System.nanoTime();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < rate * seconds; i++) {
                    var workspace = all.get(i % all.size());
                    threads.execute(() -> writing.write(workspace));
                    LockSupport.parkNanos(began + (i + 1) * interval - System.nanoTime());
                }
            }
            double written = writing.count()
                    / (Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
            long expected = writing.count() * (streams / workspaces);
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> delays.count() >= expected);
            System.out.printf(
                    "streams     %,d of %d workspaces, %.0f events a second, each to %d streams (%,d in all, none missed): commit to stream p50 %.0f ms, p99 %.0f ms%n",
                    open.size(),
                    workspaces,
                    written,
                    streams / workspaces,
                    delays.count(),
                    delays.medianMillis(),
                    delays.p99Millis());
            System.out.printf(
                    "memory      resident, API process: %d MB before, %d MB with the streams open (%.0f KB each), %d MB after the load%n",
                    before / 1024, opened / 1024, (opened - before) / (double) open.size(), memory() / 1024);
            for (var stream : open) {
                stream.close();
            }
        }

        /** Resident memory of the API's process, in KB. */
        private long memory() throws IOException {
            return Files.readAllLines(Path.of("/proc/%d/status".formatted(apiPid))).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
