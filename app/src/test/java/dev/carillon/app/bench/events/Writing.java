package dev.carillon.app.bench.events;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.Events;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Writes events, each in a transaction of its own, and remembers when each was committed. */
final class Writing {
    private final Transactions transactions;
    private final Events events;
    private final AtomicLong count = new AtomicLong();
    private final Map<Long, Long> committed = new ConcurrentHashMap<>();

    Writing(ApplicationContext context) {
        transactions = context.getBean(Transactions.class);
        events = context.getBean(Events.class);
    }

    void write(WorkspaceId workspace) {
        long number = count.incrementAndGet();
        var tenant = new Tenant(workspace, Mode.TEST);
        var payload = new AccountPayload(
                "bench" + number, "account", "sandbox", "bench", "active", null, false, Instant.EPOCH);
        transactions.inWorkspace(workspace, () -> {
            transactions.afterCommit(() -> committed.put(number, System.nanoTime()));
            events.record(tenant, new Event.AccountConnected(payload), Instant.EPOCH);
            return true;
        });
    }

    long count() {
        return count.get();
    }

    /**
     * How long ago an event was committed.
     *
     * @param now by {@link System#nanoTime()}, when its body was read from a stream
     */
    long microsSince(long number, long now) {
        var at = committed.get(number);
        // A stream may be quicker than the thread that has committed.
        return at == null ? 0 : Math.max(0, (now - at) / 1_000);
    }
}
