package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.dispatch.Delays;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** From the commit of an event to the receipt of its webhook: on an idle machine, and under load. */
final class Latency {
    private static final double GOAL_MEDIAN_MILLIS = 50;
    private static final double GOAL_P99_MILLIS = 250;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    /** Events per transaction under load, like a post with some targets. */
    private static final int TOGETHER = 10;

    private final Place place;
    private final FastReceiver receiver;
    private final Scale scale;
    private final List<WorkspaceId> workspaces = new ArrayList<>();

    Latency(Place place, FastReceiver receiver, Scale scale) {
        this.place = place;
        this.receiver = receiver;
        this.scale = scale;
        for (int i = 0; i < scale.workspaces(); i++) {
            workspaces.add(place.customers().add(receiver.url()));
        }
    }

    List<Goal> run() {
        var idle = idle();
        var busy = busy();
        print("%,d events one by one".formatted(scale.idle()), idle);
        print(
                "%,d events a second for %d s"
                        .formatted(scale.rate(), scale.busy().toSeconds()),
                busy);
        return List.of(
                Goal.atMost("idle, commit to receipt, median", GOAL_MEDIAN_MILLIS, idle.medianMillis()),
                Goal.atMost("idle, commit to receipt, p99", GOAL_P99_MILLIS, idle.p99Millis()));
    }

    private void print(String what, Delays delays) {
        place.out()
                .printf(
                        "latency     %s: commit to receipt p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                        what, delays.medianMillis(), delays.p95Millis(), delays.p99Millis());
    }

    private Delays idle() {
        var writing = place.customers().writing();
        var delays = new Delays();
        var seen = new AtomicLong();
        long warmUp = writing.count() + scale.idle();
        receiver.tell(number -> {
            if (number > warmUp) {
                delays.record(writing.microsSince(number, System.nanoTime()));
            }
            seen.set(number);
        });
        for (int i = 0; i < 2 * scale.idle(); i++) {
            writing.write(workspaces.getFirst(), 1);
            long number = writing.count();
            Awaitility.await("event %d".formatted(number))
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(() -> seen.get() >= number);
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return delays;
    }

    private Delays busy() {
        var writing = place.customers().writing();
        var delays = new Delays();
        receiver.tell(number -> delays.record(writing.microsSince(number, System.nanoTime())));
        long before = writing.count();
        long interval = TimeUnit.SECONDS.toNanos(1) * TOGETHER / scale.rate();
        long transactions = scale.rate() * scale.busy().toSeconds() / TOGETHER;
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < transactions; i++) {
                var workspace = workspaces.get(i % workspaces.size());
                threads.execute(() -> writing.write(workspace, TOGETHER));
                LockSupport.parkNanos(began + (i + 1) * interval - System.nanoTime());
            }
        }
        long written = writing.count() - before;
        place.out()
                .printf(
                        "load        %,d events written in %.1f s%n",
                        written, Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3);
        Awaitility.await("%,d webhooks".formatted(written)).atMost(LIMIT).until(() -> delays.count() >= written);
        return delays;
    }
}
