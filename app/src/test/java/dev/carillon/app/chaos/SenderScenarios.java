package dev.carillon.app.chaos;

import dev.carillon.app.chaos.KillPoint.Whose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What is done to the senders, and in which order. */
final class SenderScenarios {
    private static final int SENDERS = 3;
    private static final Duration BETWEEN = Duration.ofMillis(30);

    /**
     * A sender that dies at one of these points has sent the request but not recorded it: the receiver gets that event twice. At every
     * other point it gets it once.
     */
    private static final Set<KillPoint> SENT_AND_NOT_RECORDED =
            EnumSet.of(KillPoint.REQUEST_WRITTEN, KillPoint.ACCEPTED, KillPoint.ATTEMPT_ENDED, KillPoint.ATTEMPT_OPEN);

    private SenderScenarios() {}

    /** Under a minute: a death that causes a double, and some deaths under load. */
    static List<SenderScenario> few() {
        return List.of(
                alone(KillPoint.REQUEST_WRITTEN),
                crowded(1, KillPoint.FANNED_OUT, KillPoint.TAKEN, KillPoint.ATTEMPT_OPEN));
    }

    /** A few minutes: every point with one event, some under load, and every other fault once. */
    static List<SenderScenario> some(RandomGenerator random) {
        var all = new ArrayList<SenderScenario>();
        KillPoint.of(Whose.SENDER).forEach(point -> all.add(alone(point)));
        all.add(crowded(
                1 + random.nextInt(3), KillPoint.CLAIMED, KillPoint.TAKEN, KillPoint.ACCEPTED, KillPoint.ATTEMPT_OPEN));
        all.add(killedAtRandom(Duration.ofSeconds(15)));
        all.add(stopped(KillPoint.TAKEN));
        all.addAll(faultsOfServers(Duration.ofSeconds(9)));
        return all;
    }

    /** Longer: every point under load too, more random kills, and more stops. */
    static List<SenderScenario> all(RandomGenerator random) {
        var all = new ArrayList<SenderScenario>();
        KillPoint.of(Whose.SENDER).forEach(point -> all.add(alone(point)));
        KillPoint.of(Whose.SENDER).forEach(point -> all.add(crowded(1 + random.nextInt(5), point)));
        all.add(killedAtRandom(Duration.ofSeconds(90)));
        for (var point :
                List.of(KillPoint.DELIVERY_STARTED, KillPoint.TAKEN, KillPoint.ACCEPTED, KillPoint.ATTEMPT_ENDED)) {
            all.add(stopped(point));
        }
        all.addAll(faultsOfServers(Duration.ofSeconds(30)));
        return all;
    }

    private static int timesReceived(KillPoint point) {
        return SENT_AND_NOT_RECORDED.contains(point) ? 2 : 1;
    }

    private static SenderScenario alone(KillPoint point) {
        return new SenderScenario(
                "killed with one event: " + point.title(),
                SENDERS,
                stage -> stage.aloneAt(point, timesReceived(point)));
    }

    private static SenderScenario crowded(int hit, KillPoint... points) {
        var titles = Arrays.stream(points).map(KillPoint::title).collect(Collectors.joining("; "));
        return new SenderScenario("killed in a crowd (hit %d): %s".formatted(hit, titles), SENDERS, stage -> {
            for (var point : points) {
                stage.crowdedAt(point, hit);
            }
        });
    }

    private static SenderScenario killedAtRandom(Duration time) {
        return new SenderScenario("killed at random times for %d s".formatted(time.toSeconds()), SENDERS, stage -> {
            var nextKill = new long[] {System.nanoTime()};
            stage.during(time, BETWEEN, () -> {
                stage.happen(1);
                if (System.nanoTime() > nextKill[0]) {
                    stage.killAny();
                    nextKill[0] = System.nanoTime()
                            + Duration.ofMillis(stage.random().nextInt(500, 4000))
                                    .toNanos();
                }
            });
        });
    }

    /** The lease of a stopped sender expires and another one delivers; then it continues. */
    private static SenderScenario stopped(KillPoint point) {
        return new SenderScenario(
                "stopped beyond its lease: " + point.title(),
                SENDERS,
                stage -> stage.stoppedAt(point, timesReceived(point)));
    }

    private static List<SenderScenario> faultsOfServers(Duration time) {
        return List.of(
                new SenderScenario("PostgreSQL restarted twice", SENDERS, stage -> {
                    for (int restart = 0; restart < 2; restart++) {
                        load(stage, time.dividedBy(3));
                        stage.restartPostgres();
                    }
                    load(stage, time.dividedBy(3));
                }),
                new SenderScenario("Redis stopped, then flushed", SENDERS, stage -> {
                    var redis = stage.ground().servers().redisServer();
                    redis.stop();
                    load(stage, time.dividedBy(2));
                    redis.start();
                    load(stage, time.dividedBy(4));
                    redis.flush();
                    load(stage, time.dividedBy(4));
                }));
    }

    private static void load(SenderStage stage, Duration time) {
        stage.during(time, BETWEEN, stage::tryToHappen);
    }
}
