package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.Result.Goal;
import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** How many publications a second, with everything that is written about each, when the platform takes no time. */
final class ThroughputScenario implements Scenario {
    private static final int WORKSPACES = 50;
    private static final int ACCOUNTS_EACH = 2;
    private static final double GOAL = 3_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String about(Scale scale) {
        return "%,d posts of %d workspaces due at one moment, on a platform in memory that answers at once; per publication an attempt, its events, a meter event and a settled reservation"
                .formatted(scale.burst(), WORKSPACES);
    }

    @Override
    public void run(Bench bench) throws Exception {
        var burst = new Load("burst", bench.scale().burst(), Duration.ZERO, Duration.ZERO);
        var beside = new Beside(bench, name(), Beside.FEW, LIMIT).throughput(burst);
        try (var database = bench.servers().carillon();
                var _ = bench.worker(database, Map.of())) {
            var accounts = new Fill(database).accounts(Platform.MASTODON, WORKSPACES, ACCOUNTS_EACH);
            var readings = new Readings(database);
            readings.awaitEnd(bench.burst(database, accounts, bench.scale().warmUp()), LIMIT);
            var due = bench.burst(database, accounts, burst.count());
            boolean ended = bench.measure(name(), database, () -> readings.awaitEnd(due, LIMIT));
            var span = readings.span(due);
            if (ended) {
                readings.checkBooks(due);
            }
            var goals = new ArrayList<Goal>();
            goals.add(Goal.atLeast("publications", GOAL, span.perSecond()));
            var dbScheduler = Beside.perSecondOf(beside, "db-scheduler");
            if (dbScheduler != null) {
                goals.add(Goal.atLeast("db-scheduler's", dbScheduler, span.perSecond()));
            }
            var note = ended ? "" : "stopped after %d s, %,d done".formatted(LIMIT.toSeconds(), span.ended());
            bench.add(new Result(name(), "Carillon", readings.startDelays(due), span.perSecond(), note, goals));
        }
    }
}
