package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.Fill.Due;
import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.bench.server.Profile;
import dev.carillon.core.platform.Platform;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What every scenario uses: servers, workers, and the report that it adds to. */
final class Bench {
    static final String CARILLON = "Carillon";
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(2);
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private final BenchServers servers;
    private final Scale scale;
    private final Mode mode;
    private final PrintStream out;
    private final List<Result> results = new ArrayList<>();

    private final Map<BenchDatabase, Pace> paces = new HashMap<>();

    private boolean told;

    /**
     * Further options.
     *
     * @param alone skips the other queues
     * @param profile records the JVM while Carillon is measured
     * @param workerProcess runs the worker in a separate process
     * @param folder for temporary files
     * @param output for files that are kept
     */
    record Mode(boolean alone, boolean profile, boolean workerProcess, Path folder, Path output) {}

    Bench(BenchServers servers, Scale scale, Mode mode, PrintStream out) {
        this.servers = servers;
        this.scale = scale;
        this.mode = mode;
        this.out = out;
    }

    BenchServers servers() {
        return servers;
    }

    Scale scale() {
        return scale;
    }

    boolean alone() {
        return mode.alone();
    }

    List<Result> results() {
        return List.copyOf(results);
    }

    void say(String line) {
        out.println(line);
    }

    /** An action without a result. */
    interface Action {
        void run() throws Exception;
    }

    /** Runs an action and prints how long it took. */
    void timed(String what, Action action) throws Exception {
        long began = System.nanoTime();
        action.run();
        out.printf(
                "%s (%d s)%n", what, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    void add(Result result) {
        results.add(result);
        out.println(result.line());
    }

    /** Starts a worker on a database; these platforms have a latency. */
    RunningWorker worker(BenchDatabase database, Map<Platform, Duration> latency) {
        var place = new WorkerPlace(servers.worker(database), servers.redisUrl(), servers.masterKey(), latency);
        var worker = mode.workerProcess()
                ? WorkerProcess.start(mode.folder(), optionsOfTheProcess(), place.properties())
                : BenchWorker.start(place.properties());
        if (!told) {
            told = true;
            out.println("worker      " + worker.settings());
        }
        return worker;
    }

    private List<String> optionsOfTheProcess() {
        return mode.profile()
                ? List.of(
                        "-XX:StartFlightRecording=settings=profile,filename=%s/worker-%%p.jfr".formatted(mode.output()))
                : List.of();
    }

    /** Lets a worker publish some posts that are not measured. */
    void warmUp(BenchDatabase database, List<UUID> accounts) throws InterruptedException {
        int count = scale.warmUp();
        var due = filled(database, count, first -> new Fill(database).posts(accounts, count, first, Duration.ZERO));
        if (!awaitEnd(database, due, WARM_UP_LIMIT)) {
            throw new IllegalStateException("The warm-up failed: %,d posts were not published within %d s."
                    .formatted(count, WARM_UP_LIMIT.toSeconds()));
        }
    }

    /**
     * Waits until all posts have ended.
     *
     * @param atMost from the time at which the first of them is due
     * @return false if that was too short
     */
    boolean awaitEnd(BenchDatabase database, Due due, Duration atMost) throws InterruptedException {
        return new Readings(database)
                .awaitEnd(due, Duration.between(database.now(), due.first()).plus(atMost));
    }

    /** Writes work into a database. */
    interface Filling<T> {
        T fill(Instant first);
    }

    /** How long it takes to write work into a database: long at first, then as long as the last time. */
    private static final class Pace {
        private Duration toFillOne = Duration.ofMillis(1);
        private Duration toSettle = Duration.ofSeconds(10);
        private boolean keepsItsStatistics;

        Duration of(int count) {
            return toSettle.plus(toFillOne.multipliedBy(count));
        }
    }

    /** Marks a database as so large, and analysed, that further work does not change its statistics. */
    void holdsMuch(BenchDatabase database) {
        pace(database).keepsItsStatistics = true;
    }

    private Pace pace(BenchDatabase database) {
        return paces.computeIfAbsent(database, _ -> new Pace());
    }

    /**
     * Writes work before any of it is due, and leaves the database like one in long use: analysed, and not in the middle of a checkpoint.
     *
     * @param filling gets the time at which the first of it must be due
     */
    <T> T filled(BenchDatabase database, int count, Filling<T> filling) {
        var pace = pace(database);
        long began = System.nanoTime();
        var first = database.now().plus(pace.of(count).multipliedBy(2));
        T result = filling.fill(first);
        long filled = System.nanoTime();
        if (!pace.keepsItsStatistics) {
            database.run("ANALYZE");
        }
        servers.checkpoint();
        if (database.now().isAfter(first)) {
            throw new IllegalStateException("This machine is too slow: work was due before all of it was written.");
        }
        pace.toFillOne = Duration.ofNanos((filled - began) / count);
        pace.toSettle = longer(SHORTEST, Duration.ofNanos(System.nanoTime() - filled));
        return result;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** A measurement. */
    interface Measurement<T> {
        T run() throws Exception;
    }

    /** Measures, with a profile if requested. */
    <T> T measure(String name, BenchDatabase database, Measurement<T> measurement) throws Exception {
        if (!mode.profile()) {
            return measurement.run();
        }
        try (var _ = Profile.start(
                mode.output().resolve(name + ".jfr"), BenchDatabase.of(servers.superuser(database)), out)) {
            return measurement.run();
        }
    }
}
