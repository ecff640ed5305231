package dev.carillon.app.chaos;

import dev.carillon.app.chaos.Orders.Action;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.post.NewPost.When;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What is done to the workers, and in which order. */
final class Scenarios {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BETWEEN_POSTS = Duration.ofMillis(150);
    private static final int BURST = 10;
    private static final Set<Kind> ALL_KINDS = EnumSet.allOf(Kind.class);

    /** The points where stopping a worker is most dangerous: it holds the row, and continues after other workers have settled it. */
    private static final List<KillPoint> STOPS = List.of(
            KillPoint.BEFORE_START,
            KillPoint.STARTED,
            KillPoint.BEFORE_CHECKPOINT,
            KillPoint.CHECKPOINT_KEPT,
            KillPoint.ANSWER_READ,
            KillPoint.UNKNOWN_ANSWERED);

    private Scenarios() {}

    /** A few minutes: every point once, and every other fault once; every post goes to all kinds of platform. */
    static List<Scenario> some(RandomGenerator random) {
        var all = new ArrayList<Scenario>();
        for (var point : KillPoint.of(KillPoint.Whose.WORKER)) {
            all.add(killed(point, 2 + random.nextInt(2), 1 + random.nextInt(2), ALL_KINDS));
        }
        all.add(killedAtRandom(2, Duration.ofSeconds(15)));
        all.add(killedAtRandom(3, Duration.ofSeconds(15)));
        for (var point : List.of(KillPoint.STARTED, KillPoint.CHECKPOINT_KEPT, KillPoint.ANSWER_READ)) {
            all.add(stopped(point, 2));
        }
        all.add(ThreadScenario.create());
        all.addAll(faultsOfServers(Duration.ofSeconds(8)));
        return all;
    }

    /** Longer: every point with two workers and with three, on each kind of platform alone; more random kills, and every stop. */
    static List<Scenario> all(RandomGenerator random) {
        var all = new ArrayList<Scenario>();
        for (int workers : List.of(2, 3)) {
            for (var point : KillPoint.of(KillPoint.Whose.WORKER)) {
                for (var kind : Kind.values()) {
                    // One death leaves few unknown outcomes on one kind of platform, so there may be none left for a
                    // second hit.
                    int hit = point.isAboutReconciliation() ? 1 : 1 + random.nextInt(3);
                    all.add(killed(point, workers, hit, Set.of(kind)));
                }
            }
            all.add(killedAtRandom(workers, Duration.ofSeconds(90)));
            STOPS.forEach(point -> all.add(stopped(point, workers)));
        }
        all.add(ThreadScenario.create());
        all.addAll(faultsOfServers(Duration.ofSeconds(30)));
        return all;
    }

    private static Scenario killed(KillPoint point, int workers, int hit, Set<Kind> kinds) {
        return new Scenario("killed: %s (hit %d)".formatted(point.title(), hit), workers, kinds, stage -> {
            if (point.isAboutReconciliation()) {
                stage.at(KillPoint.ACCEPTED, 1, Action.KILL);
            }
            stage.at(point, hit, Action.KILL);
        });
    }

    private static Scenario killedAtRandom(int workers, Duration time) {
        return new Scenario(
                "killed at random times for %d s".formatted(time.toSeconds()), workers, ALL_KINDS, stage -> {
                    var nextKill = new long[] {System.nanoTime()};
                    stage.during(time, BETWEEN_POSTS, () -> {
                        stage.audience().post(1);
                        if (System.nanoTime() > nextKill[0]) {
                            stage.fleet().killAny(stage.random());
                            nextKill[0] = System.nanoTime()
                                    + Duration.ofMillis(stage.random().nextInt(500, 4000))
                                            .toNanos();
                        }
                    });
                });
    }

    /** The lease of a stopped worker expires and others settle its publications; then it continues. */
    private static Scenario stopped(KillPoint point, int workers) {
        return new Scenario("stopped beyond its lease: " + point.title(), workers, ALL_KINDS, stage -> {
            if (point.isAboutReconciliation()) {
                stage.at(KillPoint.ACCEPTED, 1, Action.KILL);
            }
            var order = stage.order(point, 1, Action.STOP);
            long pid = stage.awaitObeyed(order);
            stage.awaitSettled();
            stage.resume(order, pid);
            stage.during(Duration.ofSeconds(3), Duration.ofMillis(200), () -> {});
        });
    }

    private static List<Scenario> faultsOfServers(Duration time) {
        return List.of(
                new Scenario("PostgreSQL restarted twice", 2, ALL_KINDS, stage -> {
                    for (int restart = 0; restart < 2; restart++) {
                        load(stage, time.dividedBy(3));
                        stage.audience().post(BURST);
                        stage.world().servers().postgresServer().restart();
                    }
                    load(stage, time.dividedBy(3));
                }),
                new Scenario("Redis stopped, then flushed", 2, ALL_KINDS, stage -> {
                    var redis = stage.world().servers().redisServer();
                    redis.stop();
                    load(stage, time.dividedBy(2));
                    redis.start();
                    load(stage, time.dividedBy(4));
                    redis.flush();
                    load(stage, time.dividedBy(4));
                }),
                new Scenario("clocks an hour ahead and behind", 3, ALL_KINDS, Scenarios::withShiftedClocks));
    }

    private static void load(Stage stage, Duration time) {
        stage.during(time, BETWEEN_POSTS, () -> stage.audience().tryToPost());
    }

    /** Publishes posts for a near time, with workers whose clocks are an hour ahead and behind; one worker dies. */
    private static void withShiftedClocks(Stage stage) {
        stage.fleet().beOf(1);
        for (var shift : List.of(HOUR, HOUR.negated())) {
            var worker = stage.fleet().addShifted(shift);
            var line = worker.awaitLine(ChaosProcess.CLOCK_LINE + "(\\S+)", Duration.ofSeconds(1));
            var off = Duration.between(Clock.systemUTC().instant(), Instant.parse(line.group(1)));
            System.out.printf("  worker %d's clock is %d min off%n", worker.pid(), off.toMinutes());
            if (off.minus(shift).abs().compareTo(Duration.ofMinutes(5)) > 0) {
                throw new AssertionError("the clock was not shifted as ordered, but by " + off);
            }
        }
        var clocks = stage.world().bean(Clocks.class);
        for (int i = 0; i < 5; i++) {
            stage.audience().post(new When.At(clocks.now().plusSeconds(2), false));
        }
        load(stage, Duration.ofSeconds(4));
        for (var point : List.of(KillPoint.ACCEPTED, KillPoint.CHECKPOINT_KEPT)) {
            stage.at(point, 1, Action.KILL);
        }
    }
}
