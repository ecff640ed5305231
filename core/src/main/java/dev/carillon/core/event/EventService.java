package dev.carillon.core.event;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;

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

    /** Events, newest first. */
    public Page<RecordedEvent> list(Actor actor, EventFilter filter, PageRequest page) {
        actor.require(Scope.EVENTS_READ);
        var tenant = actor.tenant();
        sequencer.number(tenant);
        return transactions.inWorkspace(actor, () -> {
            var after = page.after(EventId.KIND);
            long before = after == null ? Long.MAX_VALUE : numberOf(tenant, after);
            var found = queries.list(filter, tenant, before, page.limit() + 1);
            return Page.of(found, page.limit(), event -> event.id().toString());
        });
    }

    private long numberOf(Tenant tenant, EventId id) {
        return queries.find(tenant, id).map(RecordedEvent::number).orElseThrow(PageRequest::foreignCursor);
    }
}
