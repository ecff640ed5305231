package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How late posts start that come at a steady rate, and whether any starts early. */
final class SteadyScenario implements Scenario {
    private static final int WORKSPACES = 50;
    private static final Duration SPACING = Duration.ofMillis(10);
    private static final Duration AFTERWARDS = Duration.ofSeconds(30);
    private static final double GOAL_MEDIAN_MILLIS = 50;
    private static final double GOAL_P99_MILLIS = 250;

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String about(Scale scale) {
        return "100 posts a second for %d s, of %d workspaces, scheduled beforehand"
                .formatted(scale.steady().toSeconds(), WORKSPACES);
    }

    @Override
    public void run(Bench bench) throws Exception {
        int count = Math.toIntExact(bench.scale().steady().dividedBy(SPACING));
        var limit = bench.scale().steady().plus(AFTERWARDS);
        try (var database = bench.servers().carillon();
                var _ = bench.worker(database, Map.of())) {
            var fill = new Fill(database);
            var accounts = fill.accounts(Platform.MASTODON, WORKSPACES, 1);
            bench.warmUp(database, accounts);
            var due = bench.filled(database, count, first -> fill.posts(accounts, count, first, SPACING));
            var delays = bench.measure(name(), database, () -> {
                bench.awaitEnd(database, due, limit);
                return new Readings(database).startDelays(due);
            });
            bench.add(new Result(
                    name(),
                    Bench.CARILLON,
                    delays,
                    null,
                    "",
                    List.of(
                            Goal.atMost("median", GOAL_MEDIAN_MILLIS, delays.medianMillis()),
                            Goal.atMost("p99", GOAL_P99_MILLIS, delays.p99Millis()),
                            new Goal("none early", delays.early() == 0))));
        }
        var steady = new Load("steady", count, Duration.ZERO, Duration.ZERO, SPACING);
        new Beside(bench, name(), Beside.FEW, limit).delays(List.of(steady), steady);
    }
}
