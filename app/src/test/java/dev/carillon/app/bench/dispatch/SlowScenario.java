package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.Map;

/** How many publications a second when the platform is slow. */
final class SlowScenario implements Scenario {
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final double GOAL = 1_500;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration LIMIT_OF_OTHERS = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String about(Scale scale) {
        return "%,d posts of %d workspaces due at one moment, on a platform in memory that takes %d ms"
                .formatted(scale.slow(), Bursts.WORKSPACES, LATENCY.toMillis());
    }

    @Override
    public void run(Bench bench) throws Exception {
        int count = bench.scale().slow();
        try (var database = bench.servers().carillon();
                var _ = bench.worker(database, Map.of(Platform.MASTODON, LATENCY))) {
            var burst = new Bursts(bench, database).measured(name(), count, LIMIT);
            bench.add(burst.result(name(), Bench.CARILLON, burst.atLeast(GOAL)));
        }
        new Beside(bench, name(), Beside.MANY, LIMIT_OF_OTHERS).throughput(Load.atOnce("burst", count, LATENCY));
    }
}
