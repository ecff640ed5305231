package dev.carillon.app.bench.server;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Samples every 50 ms what PostgreSQL's sessions do and how busy the machine is. */
final class ActivitySampler implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final int TOP = 15;
    private static final int TEXT = 150;

    private static final String SESSIONS = """
            SELECT coalesce(wait_event_type || ' ' || wait_event, 'on the CPU'), left(regexp_replace(query, '\\s+', ' ', 'g'), ?)
            FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
            """;

    private final BenchDatabase database;
    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Map<String, Integer> statements = new HashMap<>();
    private final Map<String, Integer> waits = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private double busy;
    private double busyHere;
    private int samples;

    private ActivitySampler(BenchDatabase database) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("activity").start(this::run);
    }

    static ActivitySampler start(BenchDatabase database) {
        return new ActivitySampler(database);
    }

    private void run() {
        try {
            do {
                sample();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        samples++;
        busy += Math.max(0, machine.getCpuLoad());
        busyHere += Math.max(0, machine.getProcessCpuLoad());
        database.list(SESSIONS, row -> Map.entry(row.getString(1), row.getString(2)), TEXT)
                .forEach(session -> {
                    waits.merge(session.getKey(), 1, Integer::sum);
                    statements.merge(session.getValue(), 1, Integer::sum);
                });
    }

    /** Stops sampling. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints the statements that were running most often. */
    void printStatements(PrintStream out) {
        out.printf("%9s  %s%n", "sessions", "statement");
        print(statements, out);
    }

    /** Prints what sessions waited for most often, as an average number of sessions. */
    void printWaits(PrintStream out) {
        out.printf("%9s  %s%n", "sessions", "wait event");
        print(waits, out);
        out.printf(
                "CPU use of the machine %.0f %%, of this JVM %.0f %% of the machine%n",
                100 * busy / samples, 100 * busyHere / samples);
    }

    private void print(Map<String, Integer> seen, PrintStream out) {
        seen.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(TOP)
                .forEach(entry -> out.printf("%9.2f  %s%n", (double) entry.getValue() / samples, entry.getKey()));
    }
}
