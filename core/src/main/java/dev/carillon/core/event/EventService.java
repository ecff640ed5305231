package dev.carillon.core.event;

import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.EventConditions.Numbers;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads the event log. */
@Singleton
public class EventService {
    private final Transactions transactions;
    private final EventSequencer sequencer;
    private final EventQueries queries;

    EventService(Transactions transactions, EventSequencer sequencer, EventQueries queries) {
        this.transactions = transactions;
        this.sequencer = sequencer;
        this.queries = queries;
    }

    /**
     * Events in the order of their numbers, including those that the caller has just caused. A list in ascending order
     * can be continued later: events that are committed in the meantime come after it.
     */
    public Page<RecordedEvent> list(Actor actor, EventFilter filter, EventOrder order, PageRequest page) {
        actor.require(Scope.EVENTS_READ);
        var tenant = actor.tenant();
        sequencer.number(tenant);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(
                    filter, tenant, behind(tenant, order, page.after(EventId.KIND)), order, page.limit() + 1);
            return Page.of(found, page.limit(), event -> event.id().toString());
        });
    }

    private Numbers behind(Tenant tenant, EventOrder order, @Nullable EventId last) {
        if (last == null) {
            return new Numbers(0, Long.MAX_VALUE);
        }
        long number = queries.find(tenant, last).map(RecordedEvent::number).orElseThrow(PageRequest::foreignCursor);
        return switch (order) {
            case ASC -> new Numbers(number, Long.MAX_VALUE);
            case DESC -> new Numbers(0, number);
        };
    }

    /**
     * One event.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}, also if it is no longer retained or belongs to
     *     another workspace or mode
     */
    public RecordedEvent get(Actor actor, EventId id) {
        actor.require(Scope.EVENTS_READ);
        var tenant = actor.tenant();
        sequencer.number(tenant);
        return transactions.inWorkspace(actor, () -> queries.find(tenant, id).orElseThrow(() -> notFound(id)));
    }

    private static ApiException notFound(EventId id) {
        return NOT_FOUND.because("There is no event %s, or it is no longer kept.".formatted(id));
    }
}
