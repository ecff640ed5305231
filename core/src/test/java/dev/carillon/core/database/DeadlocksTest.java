package dev.carillon.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.testing.TestCarillon;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two transactions that deadlock: both must complete. */
class DeadlocksTest {
    private static final String TAKE = "SELECT 1 AS taken FROM pg_advisory_xact_lock(?)";
    private static final long ONE = 7_310_001;
    private static final long OTHER = 7_310_002;

    private static TestCarillon carillon;

    private final CyclicBarrier bothHaveTheirFirst = new CyclicBarrier(2);

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void theOneThatWasEndedRunsAgain() throws Exception {
        var runs = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var there = threads.submit(taking(ONE, OTHER, runs));
            var back = threads.submit(taking(OTHER, ONE, runs));

            assertThat(there.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(back.get(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(runs).as("two runs, and one retry of the deadlock victim").hasValue(3);
    }

    @Test
    void whatFailsForAnotherReasonIsRunOnce() {
        var runs = new AtomicInteger();

        assertThatThrownBy(() -> transactions().inWorkspace(carillon.test(), () -> {
                    runs.incrementAndGet();
                    return sql().of("SELECT 1 / ?", 0).one(row -> true);
                }))
                .isInstanceOf(DatabaseException.class);

        assertThat(runs).hasValue(1);
    }

    private Callable<Boolean> taking(long first, long second, AtomicInteger runs) {
        Actor caller = carillon.test();
        var isFirstRun = new AtomicInteger();
        return () -> transactions().inWorkspace(caller, () -> {
            runs.incrementAndGet();
            take(first);
            if (isFirstRun.getAndIncrement() == 0) {
                meet();
            }
            return take(second);
        });
    }

    private void meet() {
        try {
            bothHaveTheirFirst.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean take(long lock) {
        return sql().of(TAKE, lock).one(row -> true);
    }

    private static Transactions transactions() {
        return carillon.bean(Transactions.class);
    }

    private static Sql sql() {
        return carillon.bean(Sql.class);
    }
}
