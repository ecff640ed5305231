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
 * The time of whoever is asked for: in test mode the workspace's test clock, where one is attached, and real time everywhere else. What a
 * clock shows is read from the database each time, so that every process sees a move at once; that a workspace has one at all is known
 * within {@link #NOTICED_WITHIN}, and whoever attaches one waits for longer than that.
 */
@Singleton
@Primary
public class BusinessClocks implements Clocks {
    /** After so long every process knows of a clock that was attached. */
    public static final Duration NOTICED_WITHIN = Duration.ofMillis(400);

    private final DatabaseClocks real;
    private final ClockQueries queries;
    private final AtomicReference<Known> known = new AtomicReference<>();

    /** The workspaces that had a clock at a moment of this machine's counter. */
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
            // Whoever finds it stale asks, and nobody waits for another's answer: he might hold a connection that the
            // other waits for.
            long asked = System.nanoTime();
            newest = new Known(queries.clocked(workspace), asked);
            known.set(newest);
        }
        return newest.clocked().contains(workspace);
    }
}
