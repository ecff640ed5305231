package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How late one workspace's posts start while another workspace's platform hangs on every call. */
final class HangScenario implements Scenario {
    private static final Duration HANGS = Duration.ofSeconds(30);
    private static final int HANGING_ACCOUNTS = 20;
    private static final int HANGING_POSTS = 2_000;
    private static final int ACCOUNTS = 5;
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final Duration SPACING = Duration.ofMillis(100);
    private static final Duration AFTERWARDS = Duration.ofSeconds(30);
    private static final double GOAL_P99_MILLIS = 1_000;

    @Override
    public String name() {
        return "hang";
    }

    @Override
    public String about(Scale scale) {
        return "%,d posts of one workspace (%d accounts) due at one moment on a platform that hangs %d s on every call; another workspace posts 10 times a second elsewhere for %d s; the delays are those of its posts"
                .formatted(
                        HANGING_POSTS,
                        HANGING_ACCOUNTS,
                        HANGS.toSeconds(),
                        scale.steady().toSeconds());
    }

    @Override
    public void run(Bench bench) throws Exception {
        int count = Math.toIntExact(bench.scale().steady().dividedBy(SPACING));
        var limit = bench.scale().steady().plus(AFTERWARDS);
        try (var database = bench.servers().carillon();
                var _ = bench.worker(database, Map.of(Platform.X, HANGS))) {
            var fill = new Fill(database);
            var hanging = fill.accounts(Platform.X, 1, HANGING_ACCOUNTS);
            var other = fill.accounts(Platform.MASTODON, 1, ACCOUNTS);
            bench.warmUp(database, other);
            var due = bench.filled(database, HANGING_POSTS + count, first -> {
                fill.posts(hanging, HANGING_POSTS, first, Duration.ZERO);
                return fill.posts(other, count, first.plus(AFTER), SPACING);
            });
            bench.measure(name(), database, () -> bench.awaitEnd(database, due, limit));
            var delays = new Readings(database).startDelays(due);
            bench.add(new Result(
                    name(),
                    Bench.CARILLON,
                    delays,
                    null,
                    "",
                    List.of(Goal.atMost("p99", GOAL_P99_MILLIS, delays.p99Millis()))));
        }
        besides(bench, count, limit);
    }

    private void besides(Bench bench, int count, Duration limit) throws InterruptedException {
        var elsewhere = new Load("elsewhere", count, Duration.ZERO, AFTER, SPACING);
        new Beside(bench, name(), Beside.MANY, limit)
                .delays(List.of(Load.atOnce("hanging", HANGING_POSTS, HANGS), elsewhere), elsewhere);
    }
}
