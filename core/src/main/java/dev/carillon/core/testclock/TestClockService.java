package dev.carillon.core.testclock;

import static dev.carillon.core.kernel.ErrorCode.INVALID_PARAMETER;
import static dev.carillon.core.kernel.ErrorCode.LIMIT_REACHED;
import static dev.carillon.core.kernel.ErrorCode.MODE_MISMATCH;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.TEST_CLOCK_CONFLICT;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.clock.BusinessClocks;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.signal.KeyedNotifier;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * Creates, attaches and advances test clocks. Callers in live mode, whose time cannot be changed, are refused with
 * {@code mode_mismatch}.
 */
@Singleton
public class TestClockService {
    private static final int MOST_CLOCKS = 100;

    /** A time further ahead takes several advances. */
    private static final Duration LONGEST_ADVANCE = Duration.ofDays(731);

    private static final Instant EARLIEST =
            Year.of(2000).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant LATEST =
            Year.of(2100).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();

    /** Longer than every process needs to notice a change, with a margin for a busy machine. */
    private static final Duration UNTIL_NOTICED = BusinessClocks.NOTICED_WITHIN.plusMillis(200);

    private final Transactions transactions;
    private final TestClockQueries queries;
    private final Signals signals;
    private final KeyedNotifier notifier;

    TestClockService(Transactions transactions, TestClockQueries queries, Signals signals, KeyedNotifier notifier) {
        this.transactions = transactions;
        this.queries = queries;
        this.signals = signals;
        this.notifier = notifier;
    }

    /**
     * Creates a clock, which has no effect before it is attached.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter} for a time outside the years 2000 to 2099,
     *     {@code limit_reached} when the workspace has 100 clocks
     */
    public TestClock create(Actor actor, NewTestClock wanted) {
        requireWriting(actor);
        if (wanted.shows().isBefore(EARLIEST) || !wanted.shows().isBefore(LATEST)) {
            throw INVALID_PARAMETER.at(
                    "/now", "now is %s; it must be in the years 2000 to 2099.".formatted(wanted.shows()));
        }
        return transactions.inWorkspace(actor, () -> {
            if (queries.count(actor.workspace()) >= MOST_CLOCKS) {
                throw LIMIT_REACHED.because("This workspace has %d test clocks, which is the limit; delete one first."
                        .formatted(MOST_CLOCKS));
            }
            return queries.add(actor.workspace(), wanted);
        });
    }

    public TestClock get(Actor actor, TestClockId id) {
        requireReading(actor);
        return transactions.inWorkspace(
                actor, () -> queries.find(actor.workspace(), id).orElseThrow(() -> notFound(id)));
    }

    /** Newest first. */
    public Page<TestClock> list(Actor actor, PageRequest page) {
        requireReading(actor);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor.workspace(), page.after(TestClockId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), clock -> clock.id().toString());
        });
    }

    /**
     * Attaches this clock to the workspace's test mode, in place of another clock or of real time. Call
     * {@link #awaitNoticed} after the transaction has committed.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code test_clock_conflict} while a clock of the workspace is being
     *     advanced
     */
    public TestClock attach(Actor actor, TestClockId id) {
        requireWriting(actor);
        return transactions.inWorkspace(actor, () -> {
            var all = queries.lockAll(actor.workspace());
            var clock = named(id, all);
            if (clock.attached()) {
                return clock;
            }
            all.stream().filter(TestClock::isAdvancing).findFirst().ifPresent(busy -> {
                throw conflict(busy);
            });
            tellWorkers();
            return queries.attach(clock);
        });
    }

    /**
     * Returns once every process uses the workspace's current clock. Blocks for about half a second, and must not be
     * called inside a transaction.
     */
    public void awaitNoticed(Actor actor) {
        try {
            Thread.sleep(UNTIL_NOTICED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transactions.inWorkspace(actor, () -> {
            queries.lanesTakeClock(actor.workspace());
            return actor;
        });
    }

    /**
     * Starts to advance a clock. Workers advance an attached clock from one due moment to the next, and it shows
     * {@code to} when everything due up to then is done; a clock that is not attached shows it at once.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter} unless {@code to} is ahead, by two years at
     *     most; {@code test_clock_conflict} while it is being advanced
     */
    public TestClock advance(Actor actor, TestClockId id, Instant to) {
        requireWriting(actor);
        return transactions.inWorkspace(actor, () -> {
            var clock = named(id, queries.lockAll(actor.workspace()));
            if (clock.isAdvancing()) {
                throw conflict(clock);
            }
            if (!to.isAfter(clock.shows())) {
                throw INVALID_PARAMETER.at(
                        "/to", "to is %s and the clock shows %s; to must be later.".formatted(to, clock.shows()));
            }
            if (to.isAfter(clock.shows().plus(LONGEST_ADVANCE)) || !to.isBefore(LATEST)) {
                throw INVALID_PARAMETER.at(
                        "/to",
                        "to is %s and the clock shows %s; one advance covers at most %d days and must not go beyond 2099."
                                .formatted(to, clock.shows(), LONGEST_ADVANCE.toDays()));
            }
            if (!clock.attached()) {
                return queries.move(id, to, null);
            }
            tellWorkers();
            return queries.advance(id, to);
        });
    }

    /**
     * The clock once it has stopped advancing, or its present state after {@code atMost} of real time. Must not be
     * called inside a transaction.
     *
     * @param whenGone is given a callback; run it when the answer is no longer needed, and the wait ends at once
     */
    public TestClock await(Actor actor, TestClockId id, Duration atMost, Consumer<Runnable> whenGone) {
        return notifier.await(id, () -> get(actor, id), clock -> !clock.isAdvancing(), atMost, whenGone);
    }

    /**
     * Deletes a clock. If it was attached, the workspace's test mode uses real time again, and an advance ends where it
     * is. Call {@link #awaitNoticed} afterwards, as with {@code attach}.
     */
    public TestClock delete(Actor actor, TestClockId id) {
        requireWriting(actor);
        return transactions.inWorkspace(actor, () -> {
            var clock = named(id, queries.lockAll(actor.workspace()));
            queries.delete(id);
            tellWorkers();
            transactions.afterCommit(() -> notifier.tell(id));
            return clock;
        });
    }

    private void tellWorkers() {
        transactions.afterCommit(() -> {
            signals.send(Signal.TEST_CLOCK_MOVED);
            signals.send(Signal.PUBLICATIONS_DUE);
        });
    }

    private static TestClock named(TestClockId id, List<TestClock> all) {
        return all.stream().filter(clock -> clock.id().equals(id)).findFirst().orElseThrow(() -> notFound(id));
    }

    private static RuntimeException notFound(TestClockId id) {
        return NOT_FOUND.because("There is no test clock %s.".formatted(id));
    }

    private static RuntimeException conflict(TestClock busy) {
        return TEST_CLOCK_CONFLICT.because(
                "Test clock %s shows %s and is being advanced to %s; wait until the advance ends, or delete the clock."
                        .formatted(busy.id(), busy.shows(), busy.advancingTo()));
    }

    private static void requireWriting(Actor actor) {
        requireTestMode(actor);
        actor.require(Scope.SANDBOX_WRITE);
    }

    private static void requireReading(Actor actor) {
        requireTestMode(actor);
        actor.require(Scope.POSTS_READ);
    }

    private static void requireTestMode(Actor actor) {
        if (actor.mode().livemode()) {
            throw MODE_MISMATCH.because("Test clocks exist only in test mode; use a test key.");
        }
    }
}
