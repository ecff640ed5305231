package dev.carillon.core.testclock;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.publication.OpenWork;
import dev.carillon.core.signal.KeyedNotifier;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Advances test clocks. A clock moves to the next moment at which something in its workspace is due, and moves on only
 * when nothing is due or in progress any more. The workers do the due work, with the same code as in live mode. Any
 * number of processes may do this concurrently.
 */
@Singleton
public class ClockAdvance {
    private final Transactions transactions;
    private final TestClockQueries queries;
    private final OpenWork openWork;
    private final Signals signals;
    private final KeyedNotifier notifier;

    ClockAdvance(
            Transactions transactions,
            TestClockQueries queries,
            OpenWork openWork,
            Signals signals,
            KeyedNotifier notifier) {
        this.transactions = transactions;
        this.queries = queries;
        this.openWork = openWork;
        this.signals = signals;
        this.notifier = notifier;
    }

    /** Moves each advancing clock by one step, if it may move; returns whether any is still advancing. */
    public boolean step() {
        var moving = transactions.acrossWorkspaces(queries::advancing);
        boolean more = false;
        for (var id : moving) {
            more |= transactions.acrossWorkspaces(() -> step(id));
        }
        return more;
    }

    /**
     * Sets the clock of lanes that were created while their clock was being moved, because neither transaction saw the
     * other. Until then, due publications in these lanes are not claimed.
     */
    public void repairLanes() {
        transactions.acrossWorkspaces(() -> {
            queries.allLanesTakeClock();
            return true;
        });
    }

    private boolean step(TestClockId id) {
        var locked = queries.lockAdvancing(id);
        if (locked.isEmpty()) {
            return true;
        }
        var clock = locked.get();
        var goal = clock.advancingTo();
        if (goal == null) {
            return false;
        }
        var next = openWork.next(new Tenant(clock.workspace(), Mode.TEST));
        if (next.inHand()) {
            return true;
        }
        if (isDue(next.due(), clock.shows())) {
            queries.lanesTakeClock(clock.workspace());
            return true;
        }
        if (isDue(next.due(), goal)) {
            move(clock, Objects.requireNonNull(next.due()), goal);
            return true;
        }
        move(clock, goal, null);
        return false;
    }

    private static boolean isDue(@Nullable Instant due, Instant at) {
        return due != null && !due.isAfter(at);
    }

    private void move(TestClock clock, Instant to, @Nullable Instant goal) {
        queries.move(clock.id(), to, goal);
        transactions.afterCommit(() -> {
            signals.send(Signal.TEST_CLOCK_MOVED);
            signals.send(Signal.PUBLICATIONS_DUE);
            if (goal == null) {
                notifier.tell(clock.id());
            }
        });
    }
}
