package dev.carillon.core.clock;

import dev.carillon.core.database.DatabaseClocks;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Business time: in test mode the time of the workspace's test clock if one is attached, and real time otherwise. The
 * clock's time is read from the database on each call, so that every process sees a change at once. Every process knows
 * within {@link #NOTICED_WITHIN} that a workspace has a clock; attaching one waits for longer than that.
 */
@Singleton
@Primary
public class BusinessClocks implements Clocks {
    /** After this time every process knows about a clock that was attached. */
    public static final Duration NOTICED_WITHIN = Duration.ofMillis(400);

    private final DatabaseClocks real;
    private final ClockQueries queries;
    private final AtomicReference<Known> known = new AtomicReference<>();

    /** The workspaces that had a clock, and when this was read, as a value of {@link System#nanoTime()}. */
    private record Known(Set<WorkspaceId> clocked, long asked) {
        boolean isFresh() {
            return System.nanoTime() - asked < NOTICED_WITHIN.toNanos();
        }
    }

    BusinessClocks(DatabaseClocks real, ClockQueries queries) {
        this.real = real;
        this.queries = queries;
    }

    @Override
    public Instant now(WorkspaceId workspace, Mode mode) {
        if (mode == Mode.LIVE || !mayHaveClock(workspace)) {
            return real.now(workspace, mode);
        }
        return queries.shownTo(workspace).orElseGet(() -> real.now(workspace, mode));
    }

    @Override
    public Instant now() {
        return real.now();
    }

    private boolean mayHaveClock(WorkspaceId workspace) {
        var newest = known.get();
        if (newest == null || !newest.isFresh()) {
            // Every thread that finds it stale asks for itself and does not wait for another thread's answer, because
            // it might hold a connection that the other thread needs.
            long asked = System.nanoTime();
            newest = new Known(queries.clocked(workspace), asked);
            known.set(newest);
        }
        return newest.clocked().contains(workspace);
    }
}
