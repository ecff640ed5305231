package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttemptRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1);

    /** What the dispatcher would be told. */
    private final Queue<String> reports = new ConcurrentLinkedQueue<>();

    private final Queue<String> worked = new ConcurrentLinkedQueue<>();

    private record Ended(int claim) {}

    // JobRunr repeats a job whose server seems dead. Runs that wait together are in one group; each attempt must go to
    // only one of them, or both would publish.
    @Test
    void anAttemptGoesToOneOfTwoRunsThatStartTogether() throws InterruptedException {
        var groups = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        try (var runner = runner(
                claims -> {
                    groups.incrementAndGet();
                    await().until(() -> goOn.getCount() == 0);
                    return started(claims.stream().filter(begun::add).toList());
                },
                LONG)) {
            // Both writers wait, so that the runs gather behind them.
            var first = run(runner, 1);
            await().until(() -> groups.get() == 1);
            var second = run(runner, 2);
            await().until(() -> groups.get() == 2);

            var runs = List.of(run(runner, 3), run(runner, 3));
            await().until(() -> runs.stream().allMatch(run -> run.getState() == Thread.State.WAITING));
            goOn.countDown();

            for (var thread : List.of(first, second, runs.getFirst(), runs.getLast())) {
                thread.join();
            }
            assertThat(worked).containsExactlyInAnyOrder("start of 1", "start of 2", "start of 3");
        }
    }

    @Test
    void aClaimThatWasNotStartedEndsWithoutWork() throws InterruptedException {
        try (var runner = runner(claims -> Map.of(1, "start of 1"), LONG)) {
            runner.run(List.of(1, 2), (claim, attempt) -> worked.add(attempt));

            assertThat(worked).containsExactly("start of 1");
            assertThat(reports).startsWith("started 1", "started 2").hasSize(4).contains("done 1", "done 2");
        }
    }

    // Otherwise the rows would take up the dispatcher's room until it counts anew.
    @Test
    void ifTheStartFailsTheRowsAreReportedAsDone() {
        try (var runner = runner(
                claims -> {
                    throw new IllegalStateException("as the test wants it");
                },
                LONG)) {
            assertThatThrownBy(() -> runner.run(List.of(1, 2), (claim, attempt) -> worked.add(attempt)))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(reports).containsExactly("done 1", "done 2");
            assertThat(worked).isEmpty();
        }
    }

    @Test
    void aSlowAttemptReleasesItsJobAndContinues() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        try (var runner = runner(AttemptRunnerTest::started, SHORT)) {
            runner.run(List.of(1), (claim, attempt) -> {
                await().until(() -> goOn.getCount() == 0);
                runner.answered(claim);
            });

            assertThat(reports).containsExactly("started 1");

            goOn.countDown();
            await().untilAsserted(() -> assertThat(reports).containsExactly("started 1", "answered 1", "done 1"));
        }
    }

    // A result that is not recorded would cause a duplicate or an unknown outcome.
    @Test
    void recordingIsRepeatedWhileTheDatabaseIsUnavailable() {
        var tries = new AtomicInteger();
        try (var runner = recorder(
                ended -> {
                    if (tries.incrementAndGet() < 3) {
                        throw unavailable();
                    }
                    return ended.stream().collect(Collectors.toMap(Ended::claim, one -> "end of " + one.claim()));
                },
                LONG)) {
            assertThat(runner.record(new Ended(1))).contains("end of 1");
            assertThat(tries).hasValue(3);
        }
    }

    @Test
    void recordingIsGivenUpOnceTheLeaseMustHaveExpired() {
        try (var runner = recorder(
                ended -> {
                    throw unavailable();
                },
                SHORT)) {
            assertThatThrownBy(() -> runner.record(new Ended(1))).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void anAttemptWhoseRowWasTakenHasNoResult() {
        try (var runner = recorder(ended -> Map.of(), LONG)) {
            assertThat(runner.record(new Ended(1))).isEmpty();
        }
    }

    private AttemptRunner<Integer, String, Ended, String> runner(
            Function<List<Integer>, Map<Integer, String>> start, Duration patience) {
        return connected(new AttemptRunner<>(
                new AttemptRunner.Settings("test", 8, patience, LONG), start, ended -> Map.of(), Ended::claim));
    }

    private AttemptRunner<Integer, String, Ended, String> recorder(
            Function<List<Ended>, Map<Integer, String>> record, Duration lease) {
        return connected(new AttemptRunner<>(
                new AttemptRunner.Settings("test", 8, LONG, lease), AttemptRunnerTest::started, record, Ended::claim));
    }

    private AttemptRunner<Integer, String, Ended, String> connected(
            AttemptRunner<Integer, String, Ended, String> runner) {
        runner.running().whenStarted(claim -> reports.add("started " + claim));
        runner.running().whenAnswered(claim -> reports.add("answered " + claim));
        runner.running().whenDone(claim -> reports.add("done " + claim));
        return runner;
    }

    private static Map<Integer, String> started(List<Integer> claims) {
        return claims.stream().collect(Collectors.toMap(claim -> claim, claim -> "start of " + claim));
    }

    private static IllegalStateException unavailable() {
        return new IllegalStateException(new SQLException("gone", "08006"));
    }

    private Thread run(AttemptRunner<Integer, String, Ended, String> runner, int claim) {
        return Thread.ofVirtual().start(() -> {
            try {
                runner.run(List.of(claim), (one, attempt) -> worked.add(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
