package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.app.bench.server.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** How many publications a second, with all of their rows, when the platform answers at once. */
final class ThroughputScenario implements Scenario {
    private static final double GOAL = 3_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String about(Scale scale) {
        return "%,d posts of %d workspaces due at one moment, on a platform in memory that answers at once; each publication writes an attempt, its events, a meter event and the settled reservation"
                .formatted(scale.burst(), Bursts.WORKSPACES);
    }

    @Override
    public void run(Bench bench) throws Exception {
        int count = bench.scale().burst();
        var beside =
                new Beside(bench, name(), Beside.FEW, LIMIT).throughput(Load.atOnce("burst", count, Duration.ZERO));
        try (var database = bench.servers().carillon();
                var _ = bench.worker(database, Map.of())) {
            var burst = new Bursts(bench, database).measured(name(), count, LIMIT);
            var goals = new ArrayList<Goal>();
            goals.add(burst.atLeast(GOAL));
            beside.stream()
                    .filter(other -> other.system().startsWith("db-scheduler"))
                    .forEach(other -> goals.add(Goal.atLeast("db-scheduler's", other.perSecond(), burst.perSecond())));
            bench.add(burst.result(name(), Bench.CARILLON, goals.toArray(Goal[]::new)));
        }
    }
}
