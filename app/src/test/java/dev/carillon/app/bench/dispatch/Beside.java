package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.baseline.DbSchedulerQueue;
import dev.carillon.app.bench.dispatch.baseline.DequeueQueue;
import dev.carillon.app.bench.dispatch.baseline.JobQueueUnderTest;
import dev.carillon.app.bench.dispatch.baseline.JobRunrQueue;
import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.app.bench.dispatch.baseline.Tally;
import dev.carillon.app.bench.server.BenchDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Measures other job queues one after the other, with jobs that correspond to the scenario's posts. */
final class Beside {
    /** The size of Carillon's own pool for this work. */
    private static final int CONNECTIONS = 40;

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(60);

    /** The number of threads for db-scheduler, and therefore for the dequeue, if a job takes no time. */
    static final int FEW = 16;

    /** So many threads that they are not the bottleneck if a job takes time. */
    static final int MANY = 400;

    private final Bench bench;
    private final String scenario;
    private final int workers;
    private final Duration limit;

    /**
     * Prepares a comparison.
     *
     * @param workers of the queues that have no number of their own
     * @param limit after which a queue is stopped, finished or not
     */
    Beside(Bench bench, String scenario, int workers, Duration limit) {
        this.bench = bench;
        this.scenario = scenario;
        this.workers = workers;
        this.limit = limit;
    }

    /** A result that Carillon may be compared with. */
    record Measured(String system, double perSecond) {}

    /** How many jobs a queue completes in a second; the delays are those of all jobs. */
    List<Measured> throughput(Load burst) throws InterruptedException {
        return eachQueue((database, queue) -> run(database, queue, List.of(burst), burst, true));
    }

    /** How long the jobs of {@code watched} wait while other jobs are due too. */
    void delays(List<Load> all, Load watched) throws InterruptedException {
        eachQueue((database, queue) -> run(database, queue, all, watched, false));
    }

    private interface Run {
        Measured of(BenchDatabase database, JobQueueUnderTest queue) throws InterruptedException;
    }

    private List<Measured> eachQueue(Run run) throws InterruptedException {
        if (bench.alone()) {
            return List.of();
        }
        List<Function<BenchDatabase, JobQueueUnderTest>> queues = List.of(
                database -> new JobRunrQueue(database, CONNECTIONS),
                database -> new DbSchedulerQueue(database, workers, CONNECTIONS, POLL),
                database -> new DequeueQueue(database, workers, CONNECTIONS, POLL));
        var measured = new ArrayList<Measured>();
        for (var queue : queues) {
            try (var database = bench.servers().empty();
                    var open = queue.apply(database)) {
                measured.add(run.of(database, open));
            }
        }
        return measured;
    }

    private Measured run(BenchDatabase database, JobQueueUnderTest queue, List<Load> all, Load watched, boolean rate)
            throws InterruptedException {
        warmUp(queue);
        int jobs = all.stream().mapToInt(Load::count).sum();
        var first = bench.filled(database, jobs, due -> {
            all.forEach(load -> queue.put(load, due));
            return due;
        });
        var tally = queue.tallies().of(watched.kind());
        boolean done = await(
                () -> tally.ended() >= watched.count() && (!rate || queue.isEmpty()),
                Duration.between(database.now(), first).plus(limit));
        double perSecond = tally.perSecond();
        // Jobs that have not started yet have waited at least until now.
        for (long started = tally.delays().count(); started < watched.count(); started++) {
            tally.delays().record(ChronoUnit.MICROS.between(first.plus(watched.after()), database.now()));
        }
        bench.add(Result.beside(
                scenario, queue.name(), tally.delays(), rate ? perSecond : null, done ? "" : note(tally, watched)));
        return new Measured(queue.name(), perSecond);
    }

    private String note(Tally tally, Load watched) {
        return "stopped after %d s, %,d of %,d done".formatted(limit.toSeconds(), tally.ended(), watched.count());
    }

    private void warmUp(JobQueueUnderTest queue) throws InterruptedException {
        queue.put(Load.atOnce("warm-up", bench.scale().warmUp(), Duration.ZERO), Instant.now());
        queue.start();
        await(queue::isEmpty, WARM_UP_LIMIT);
    }

    private interface Condition {
        boolean holds();
    }

    private static boolean await(Condition condition, Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > giveUpAt) {
                return false;
            }
            Readings.pause(LOOK_EVERY);
        }
        return true;
    }
}
