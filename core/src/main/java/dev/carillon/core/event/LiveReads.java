package dev.carillon.core.event;

import static dev.carillon.core.kernel.ErrorCode.EVENT_NO_LONGER_KEPT;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.EventConditions.Numbers;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What following events asks of the database, each in a transaction of its own. */
@Singleton
class LiveReads {
    /** Those who read past events at the same time; others wait for their turn, so that a crowd that comes back leaves connections to requests. */
    private static final int CATCHING_UP = 6;

    private final Semaphore turns = new Semaphore(CATCHING_UP);
    private final Transactions transactions;
    private final EventQueries queries;

    LiveReads(Transactions transactions, EventQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * Where somebody begins to follow.
     *
     * @param after the number behind which they begin
     * @param event the event with that number; null where there is none, or none any more
     * @param last the last number that there is
     */
    record Beginning(long after, @Nullable EventId event, long last) {}

    /**
     * Where to begin behind an event, or behind the last one.
     *
     * @throws Refusal {@code not_found} for an event or a post that the tenant does not have, {@code event_no_longer_kept} for an event that
     *     was deleted since
     */
    Beginning beginning(Tenant tenant, @Nullable PostId post, @Nullable EventId after) {
        return transactions.inWorkspace(tenant.workspace(), () -> {
            if (post != null && !queries.postExists(tenant, post)) {
                throw NOT_FOUND.because("There is no post %s.".formatted(post));
            }
            queries.number(tenant);
            long last = queries.lastNumber(tenant);
            return after == null
                    ? new Beginning(last, queries.idOf(tenant, last).orElse(null), last)
                    : new Beginning(numberOf(tenant, after), after, last);
        });
    }

    private long numberOf(Tenant tenant, EventId id) {
        return queries.find(tenant, id).map(RecordedEvent::number).orElseThrow(() -> missing(tenant, id));
    }

    private Refusal missing(Tenant tenant, EventId id) {
        return queries.isPastRetention(tenant, id)
                ? EVENT_NO_LONGER_KEPT.at(
                        "Last-Event-ID",
                        "Event %s is older than what is kept, and so may be others that came after it; read GET /v1/events?order=asc from its beginning."
                                .formatted(id))
                : NOT_FOUND.at("Last-Event-ID", "There is no event %s to go on behind.".formatted(id));
    }

    /** The next events of a tenant, which are numbered for that. */
    List<RecordedEvent> next(Tenant tenant, long after, int limit) {
        return transactions.inWorkspace(tenant.workspace(), () -> {
            queries.number(tenant);
            return queries.list(EventFilter.ALL, tenant, new Numbers(after, Long.MAX_VALUE), EventOrder.ASC, limit);
        });
    }

    /** Past events of a filter, with numbers above one and up to another, when it is their reader's turn. */
    List<RecordedEvent> past(Tenant tenant, EventFilter filter, Numbers numbers, int limit)
            throws InterruptedException {
        turns.acquire();
        try {
            return transactions.inWorkspace(
                    tenant.workspace(), () -> queries.list(filter, tenant, numbers, EventOrder.ASC, limit));
        } finally {
            turns.release();
        }
    }

    /** Which tenants have events beyond the number that is known of each. */
    Set<Tenant> withNews(Map<Tenant, Long> known) {
        return Set.copyOf(transactions.withoutWorkspace(() -> queries.withNews(known)));
    }
}
