package dev.carillon.core.event;

import static dev.carillon.core.kernel.ErrorCode.EVENT_NO_LONGER_KEPT;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.EventConditions.Numbers;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The database reads for followers, each in its own transaction. */
@Singleton
class LiveReads {
    /**
     * How many followers may read past events at the same time; the others wait, so that a wave of reconnecting
     * followers leaves connections for requests.
     */
    private static final int CATCHING_UP = 6;

    private final Semaphore turns = new Semaphore(CATCHING_UP);
    private final Transactions transactions;
    private final EventQueries queries;

    LiveReads(Transactions transactions, EventQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * Where a follower starts.
     *
     * @param after the number after which it starts
     * @param event the event with that number; null if there is none, or none any more
     * @param last the last existing number
     */
    record Beginning(long after, @Nullable EventId event, long last) {}

    /**
     * The start after an event, or after the last one.
     *
     * @throws ApiException {@code not_found} for an event or a post that the tenant does not have,
     *     {@code event_no_longer_kept} for an event that has since been deleted
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

    private ApiException missing(Tenant tenant, EventId id) {
        return queries.isPastRetention(tenant, id)
                ? EVENT_NO_LONGER_KEPT.at(
                        "Last-Event-ID",
                        "Event %s is no longer retained, and later events may be missing too; read GET /v1/events?order=asc from the start."
                                .formatted(id))
                : NOT_FOUND.at("Last-Event-ID", "There is no event %s to continue after.".formatted(id));
    }

    /** Numbers the tenant's events and returns the next ones. */
    List<RecordedEvent> next(Tenant tenant, long after, int limit) {
        return transactions.inWorkspace(tenant.workspace(), () -> {
            queries.number(tenant);
            return queries.list(EventFilter.ALL, tenant, new Numbers(after, Long.MAX_VALUE), EventOrder.ASC, limit);
        });
    }

    /** Past events between two numbers that pass the filter. Waits if too many followers are reading. */
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

    /** The tenants that have events beyond the known number of each. */
    Set<Tenant> withNews(Map<Tenant, Long> known) {
        return Set.copyOf(transactions.withoutWorkspace(() -> queries.withNews(known)));
    }
}
