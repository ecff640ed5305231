package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.Fill.Due;
import dev.carillon.app.bench.dispatch.baseline.Load;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How late a workspace's only post starts while another workspace has very many due posts. */
final class NeighbourScenario implements Scenario {
    private static final int ACCOUNTS_OF_THE_BIG_ONE = 10;
    private static final Duration AFTER = Duration.ofSeconds(2);
    private static final Duration SPACING = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final double GOAL_P99_MILLIS = 500;

    @Override
    public String name() {
        return "neighbour";
    }

    @Override
    public String about(Scale scale) {
        return "%,d posts of one workspace (%d accounts) due at one moment; starting %d s later, one post each of %d other workspaces, one every %d ms; the delays are those of these posts"
                .formatted(
                        scale.backlog(),
                        ACCOUNTS_OF_THE_BIG_ONE,
                        AFTER.toSeconds(),
                        scale.singles(),
                        SPACING.toMillis());
    }

    @Override
    public void run(Bench bench) throws Exception {
        int backlog = bench.scale().backlog();
        int singles = bench.scale().singles();
        try (var database = bench.servers().carillon();
                var _ = bench.worker(database, Map.of())) {
            var fill = new Fill(database);
            var big = fill.accounts(Platform.MASTODON, 1, ACCOUNTS_OF_THE_BIG_ONE);
            var small = fill.accounts(Platform.MASTODON, singles, 1);
            bench.warmUp(database, small);
            var due = bench.filled(database, backlog + singles, first -> {
                var many = fill.posts(big, backlog, first, Duration.ZERO);
                return List.of(many, fill.posts(small, singles, first.plus(AFTER), SPACING));
            });
            bench.measure(name(), database, () -> bench.awaitEnd(database, due.getLast(), LIMIT));
            bench.add(resultOf(new Readings(database), due.getFirst(), due.getLast()));
        }
        besides(bench, backlog, singles);
    }

    private Result resultOf(Readings readings, Due many, Due alone) {
        var delays = readings.startDelays(alone);
        var note = "%,d of the %,d were still waiting when the last single post started"
                .formatted(many.count() - readings.startedBeforeLastOf(many, alone), many.count());
        return new Result(
                name(),
                Bench.CARILLON,
                delays,
                null,
                note,
                List.of(Goal.atMost("p99", GOAL_P99_MILLIS, delays.p99Millis())));
    }

    private void besides(Bench bench, int backlog, int singles) throws InterruptedException {
        var single = new Load("single", singles, Duration.ZERO, AFTER, SPACING);
        new Beside(bench, name(), Beside.FEW, LIMIT)
                .delays(List.of(Load.atOnce("backlog", backlog, Duration.ZERO), single), single);
    }
}
