package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.dispatch.Delays;
import dev.carillon.app.bench.server.Goal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One tenant's endpoint accepts connections and never answers, with very many deliveries for it; another tenant's deliveries are measured.
 */
final class DeadNeighbour {
    private static final double GOAL_P95_MILLIS = 1_000;
    private static final int AT_ONCE = 5_000;
    private static final int WARM_UP = 100;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final Place place;
    private final FastReceiver receiver;
    private final HangingReceiver hanging;
    private final Scale scale;

    DeadNeighbour(Place place, FastReceiver receiver, HangingReceiver hanging, Scale scale) {
        this.place = place;
        this.receiver = receiver;
        this.hanging = hanging;
        this.scale = scale;
    }

    List<Goal> run() {
        var dead = place.customers().add(hanging.url());
        var other = place.customers().add(receiver.url());
        var bulk = place.bulk();
        for (int written = 0; written < scale.dead(); written += AT_ONCE) {
            bulk.write(List.of(dead), Math.min(AT_ONCE, scale.dead() - written));
            require("the fan-out for the dead endpoint", LIMIT, () -> !bulk.anyNotFannedOut());
        }
        require("an attempt at the dead endpoint", LIMIT, () -> hanging.count() > 0);
        place.out().printf("dead        %,d deliveries wait for an endpoint that never answers%n", bulk.waiting(dead));
        var delays = new Delays();
        var writing = place.customers().writing();
        long first = writing.count() + WARM_UP;
        receiver.tell(number -> {
            if (number > first) {
                delays.record(writing.microsSince(number, System.nanoTime()));
            }
        });
        long count = scale.beside().dividedBy(BETWEEN);
        long began = System.nanoTime();
        for (int i = 1; i <= WARM_UP + count; i++) {
            writing.write(other, 1);
            LockSupport.parkNanos(began + i * BETWEEN.toNanos() - System.nanoTime());
        }
        boolean all = holdsWithin(LATEST, () -> delays.count() >= count);
        long missing = all ? 0 : count - delays.count();
        for (long i = 0; i < missing; i++) {
            delays.record(TimeUnit.SECONDS.toMicros(LATEST.toSeconds()));
        }
        place.out()
                .printf(
                        "beside it   another tenant, %d events: commit to receipt p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, %d not within a minute; at the dead endpoint %,d attempts started, %,d ended%n",
                        count,
                        delays.medianMillis(),
                        delays.p95Millis(),
                        delays.p99Millis(),
                        missing,
                        hanging.count(),
                        bulk.attempted(dead));
        return List.of(
                Goal.atMost("beside a dead endpoint, commit to receipt, p95", GOAL_P95_MILLIS, delays.p95Millis()));
    }

    private static void require(String what, Duration limit, BooleanSupplier condition) {
        if (!holdsWithin(limit, condition)) {
            throw new IllegalStateException("%s did not happen within %d s".formatted(what, limit.toSeconds()));
        }
    }

    private static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
        long giveUpAt = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUpAt) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return true;
    }
}
