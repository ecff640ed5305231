package dev.carillon.app.bench.limits;

import com.sun.management.OperatingSystemMXBean;
import dev.carillon.core.limit.Limit;
import dev.carillon.core.limit.Rate;
import dev.carillon.localservers.LocalServers;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Compares ways to keep limits in Redis, each with two limits per request, in turns on one embedded Redis: decisions a second, the time of
 * one decision, this process's CPU time, and whether a limit of {@value #NARROW} lets exactly that many pass.
 */
public final class LimitsBench {
    static final int WIDE = 10_000_000;
    private static final int NARROW = 500;
    private static final int CROWD = 64;
    private static final int CALLERS = 8;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final List<Candidate.Maker> MAKERS =
            List.of(RoundTrip::with, Bucket4j::with, RedissonLimiter::with, ScriptAlone::with, Grouped::with);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final String redisUrl;

    private LimitsBench(String redisUrl) {
        this.redisUrl = redisUrl;
    }

    static List<Limit> limits(int narrow) {
        return List.of(
                new Limit("wide", new Rate(WIDE, Duration.ofDays(1))),
                new Limit("narrow", new Rate(narrow, Duration.ofDays(1))));
    }

    /** Takes about two minutes. */
    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "machine  %d cores for this JVM and Redis together, JDK %s, load average %.1f before the start%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), SYSTEM.getSystemLoadAverage());
        var folder = Files.createTempDirectory("carillon-bench");
        try (var servers = LocalServers.start(folder)) {
            new LimitsBench(servers.redis().uri()).measure();
        } finally {
            LocalServers.discard(folder);
        }
    }

    /** Every candidate has several turns and its median round counts, so that other load on the machine affects them all equally. */
    private void measure() throws Exception {
        var lone = new LinkedHashMap<String, List<Outcome>>();
        var crowd = new LinkedHashMap<String, List<Outcome>>();
        var passed = new LinkedHashMap<String, String>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var maker : MAKERS) {
                try (var candidate = maker.with(redisUrl, WIDE)) {
                    run(candidate, CROWD, WARM_UP);
                    outcomes(lone, candidate).add(run(candidate, 1, TIME));
                    outcomes(crowd, candidate).add(run(candidate, CROWD, TIME));
                    passed.put(candidate.name(), passedOf(maker));
                }
            }
        }
        System.out.printf("%-16s %8s %9s %8s %8s %8s%n", "", "callers", "a second", "p50 us", "p99 us", "CPU us");
        lone.forEach((name, outcomes) -> {
            print(name, 1, outcomes, "");
            print(name, CROWD, outcomes(crowd, name), passed.getOrDefault(name, ""));
        });
    }

    private static List<Outcome> outcomes(Map<String, List<Outcome>> all, Candidate candidate) {
        return outcomes(all, candidate.name());
    }

    private static List<Outcome> outcomes(Map<String, List<Outcome>> all, String name) {
        return all.computeIfAbsent(name, unseen -> new ArrayList<>());
    }

    private static void print(String name, int callers, List<Outcome> outcomes, String note) {
        var middle = outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::perSecond))
                .toList()
                .get(outcomes.size() / 2);
        System.out.printf(
                "%-16s %8d %,9.0f %8d %8d %8.0f  %s%n",
                name,
                callers,
                middle.perSecond(),
                middle.micros().getValueAtPercentile(50),
                middle.micros().getValueAtPercentile(99),
                middle.cpuMicros(),
                note);
    }

    private record Outcome(Histogram micros, double perSecond, double cpuMicros) {}

    private static Outcome run(Candidate candidate, int threads, Duration time) throws Exception {
        var micros = new ConcurrentHistogram(3);
        var run = UUID.randomUUID().toString();
        long cpu = SYSTEM.getProcessCpuTime();
        long began = System.nanoTime();
        inThreads(threads, thread -> {
            var caller = run + thread % CALLERS;
            while (System.nanoTime() - began < time.toNanos()) {
                long asked = System.nanoTime();
                candidate.take(caller);
                micros.recordValue((System.nanoTime() - asked) / 1_000);
            }
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        long count = micros.getTotalCount();
        return new Outcome(micros, count / seconds, (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count);
    }

    /** Reports how many of one caller's concurrent requests a limit lets pass. */
    private String passedOf(Candidate.Maker maker) throws Exception {
        try (var candidate = maker.with(redisUrl, NARROW)) {
            var passed = new AtomicInteger();
            var caller = UUID.randomUUID().toString();
            inThreads(CROWD, thread -> {
                for (int request = 0; request < 2 * NARROW / CROWD; request++) {
                    passed.addAndGet(candidate.take(caller) ? 1 : 0);
                }
            });
            return candidate instanceof RoundTrip
                    ? ""
                    : "a limit of %d let %d of %d pass".formatted(NARROW, passed.get(), 2 * NARROW / CROWD * CROWD);
        }
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(int threads, Work work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(executor.submit(() -> {
                    work.run(number);
                    return null;
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
    }
}
