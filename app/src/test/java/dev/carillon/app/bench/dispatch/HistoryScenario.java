package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Whether a long history slows anything down: the same bursts, in turns, on an empty database and on one with many finished publications.
 */
final class HistoryScenario implements Scenario {
    private static final double GOAL_SHARE = 0.85;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String about(Scale scale) {
        return "as throughput, in turns on an empty database and on one with %,d finished publications of 30 days (each with post, revision, attempt, meter event, reservation and one event), %d times each; the rates are medians"
                .formatted(scale.history(), scale.rounds());
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (var empty = bench.servers().carillon();
                var old = bench.servers().carillon()) {
            var onEmpty = new Rounds(bench, "history-empty", empty);
            var onOld = new Rounds(bench, "history", old);
            try (var writer = BenchDatabase.of(bench.servers().superuser(old))) {
                bench.timed("history written", () -> new History(
                                writer,
                                bench.servers().hasSuperuser(),
                                onOld.bursts.accounts(),
                                bench.scale().history())
                        .write());
                bench.servers().checkpoint();
                bench.holdsMuch(old);
                bench.say("database size: " + writer.one(HistoryQueries.SIZE, row -> row.getString(1)));
            }
            for (int round = 0; round < bench.scale().rounds(); round++) {
                // Each goes first equally often, so that a drift favours neither.
                for (var rounds : round % 2 == 0 ? List.of(onEmpty, onOld) : List.of(onOld, onEmpty)) {
                    rounds.next();
                }
            }
            bench.add(onEmpty.result(name(), "Carillon, empty"));
            bench.add(onOld.result(
                    name(),
                    "Carillon, long history",
                    Goal.atLeast("85 % of the empty one's", GOAL_SHARE * onEmpty.perSecond(), onOld.perSecond())));
        }
    }

    /** The bursts on one of the two databases. */
    private static final class Rounds {
        private final Bench bench;
        private final String profile;
        private final BenchDatabase database;
        private final Bursts bursts;
        private final Delays delays = new Delays();
        private final Histogram perSecond = new Histogram(3);

        Rounds(Bench bench, String profile, BenchDatabase database) {
            this.bench = bench;
            this.profile = profile;
            this.database = database;
            this.bursts = new Bursts(bench, database);
        }

        void next() throws Exception {
            try (var _ = bench.worker(database, Map.of())) {
                var burst = bursts.measured(profile, bench.scale().burst(), LIMIT);
                if (!burst.note().isEmpty()) {
                    throw new IllegalStateException(burst.note());
                }
                delays.addAll(burst.delays());
                perSecond.recordValue(Math.round(burst.perSecond()));
            }
        }

        double perSecond() {
            return perSecond.getValueAtPercentile(50);
        }

        Result result(String scenario, String system, Goal... goals) {
            return new Result(
                    scenario,
                    system,
                    delays,
                    perSecond(),
                    "%,d to %,d".formatted(perSecond.getMinValue(), perSecond.getMaxValue()),
                    List.of(goals));
        }
    }
}
