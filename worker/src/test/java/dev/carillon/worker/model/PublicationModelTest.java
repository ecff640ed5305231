package dev.carillon.worker.model;

import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.testing.TestCarillon;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Runs random sequences of steps. In every order, nothing is published twice or early, terminal statuses never change, no cost is
 * settled twice, and no due publication is forgotten. The report shows a run's seed; {@code @Property(seed = "…")} repeats the run.
 */
class PublicationModelTest {
    private static final TestCarillon CARILLON = TestCarillon.start(Map.of(
            "carillon.testing.played-platform", "true",
            "carillon.testing.movable-clocks", "true",
            "carillon.publishing.retries.platform", "10s,20s,30s",
            "carillon.publishing.retries.ours", "0s,5s,10s",
            "carillon.publishing.look-up-after", "5s"));

    @AfterContainer
    static void stop() {
        CARILLON.close();
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void noStoryBreaksAPromise(@ForAll("stories") List<Step> story) {
        var model = new PublishingModel(CARILLON);

        story.forEach(model::take);

        model.finish();
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return step().list().ofMaxSize(90).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Step> step() {
        Arbitrary<Integer> worker = Arbitraries.integers().between(0, 1);
        Arbitrary<Integer> account = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> seconds = Arbitraries.integers().between(1, 60);
        return Arbitraries.frequencyOf(
                Tuple.of(8, create(account)),
                Tuple.of(2, Arbitraries.integers().between(0, 30).map(Step.Cancel::new)),
                Tuple.of(
                        8,
                        Combinators.combine(worker, Arbitraries.integers().between(1, 4))
                                .as(Step.Claim::new)),
                Tuple.of(8, worker.map(Step.Start::new)),
                Tuple.of(7, worker.map(Step.Send::new)),
                Tuple.of(
                        8,
                        Combinators.combine(worker, Arbitraries.of(Step.Ending.class))
                                .as(Step.End::new)),
                Tuple.of(2, worker.map(Step.Crash::new)),
                Tuple.of(2, Arbitraries.create(Step.LeasesPass::new)),
                Tuple.of(2, Arbitraries.create(Step.Sweep::new)),
                Tuple.of(4, Arbitraries.of(true, true, false).map(Step.Settle::new)),
                Tuple.of(1, Arbitraries.create(Step.AskAndDie::new)),
                Tuple.of(4, seconds.map(Step.Advance::new)),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.of(PauseScope.class), account, seconds)
                                .as(Step.Pause::new)),
                Tuple.of(1, account.map(Step.Reconnect::new)));
    }

    /** Most publications are due at once, so that workers have work. */
    private static Arbitrary<Step> create(Arbitrary<Integer> account) {
        return Combinators.combine(account, Arbitraries.of(true, false), Arbitraries.of(0, 0, 0, 10, 40))
                .as(Step.Create::new);
    }
}
