package dev.carillon.app.bench.events;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Writes events, one or several in a transaction, and stores when each was committed. Thread-safe. */
public final class Writing {
    private final Transactions transactions;
    private final EventRecorder events;
    private final AtomicLong count = new AtomicLong();
    private final Map<Long, Long> committed = new ConcurrentHashMap<>();

    public Writing(ApplicationContext context) {
        transactions = context.getBean(Transactions.class);
        events = context.getBean(EventRecorder.class);
    }

    void write(WorkspaceId workspace) {
        write(workspace, 1);
    }

    /** Writes this many events in one transaction. */
    public void write(WorkspaceId workspace, int some) {
        long first = count.getAndAdd(some) + 1;
        transactions.inWorkspace(workspace, () -> {
            transactions.afterCommit(() -> committed(first, some));
            for (long number = first; number < first + some; number++) {
                record(workspace, number);
            }
            return some;
        });
    }

    private void record(WorkspaceId workspace, long number) {
        var payload = new AccountPayload(
                "bench" + number, "account", "sandbox", "bench", "active", null, false, Instant.EPOCH);
        events.record(new Tenant(workspace, Mode.TEST), new Event.AccountConnected(payload), Instant.EPOCH);
    }

    private void committed(long first, int some) {
        long now = System.nanoTime();
        for (long number = first; number < first + some; number++) {
            committed.put(number, now);
        }
    }

    /** The number of events, which is also the number of the last one. */
    public long count() {
        return count.get();
    }

    /**
     * How long ago an event was committed.
     *
     * @param now by {@link System#nanoTime()}, when its body was read from a stream
     */
    public long microsSince(long number, long now) {
        var at = committed.get(number);
        // A stream may deliver the event before the committing thread has noted its commit.
        return at == null ? 0 : Math.max(0, (now - at) / 1_000);
    }
}
