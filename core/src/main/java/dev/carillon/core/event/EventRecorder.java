package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.EventQueries.NewEvent;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.signal.KeyedNotifier;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Records events in the transaction of the change that they describe. They have no number yet and are not visible to
 * consumers.
 */
@Singleton
public class EventRecorder {
    private final EventQueries queries;
    private final Transactions transactions;
    private final Signals signals;
    private final KeyedNotifier notifier;
    private final Json json;
    private final Ids ids;

    EventRecorder(
            EventQueries queries,
            Transactions transactions,
            Signals signals,
            KeyedNotifier notifier,
            Json json,
            Ids ids) {
        this.queries = queries;
        this.transactions = transactions;
        this.signals = signals;
        this.notifier = notifier;
        this.json = json;
        this.ids = ids;
    }

    @Wire
    record Body(
            String id, String object, String type, String apiVersion, boolean livemode, Instant createdAt, Data data) {}

    @Wire
    record Data(Payload object) {}

    /**
     * An event to be recorded.
     *
     * @param at business time
     */
    public record Fact(Tenant tenant, Event event, Instant at) {}

    /**
     * Records one event; must be called inside the transaction of its cause.
     *
     * @return its id
     */
    public EventId record(Tenant tenant, Event event, Instant now) {
        return record(List.of(new Fact(tenant, event, now))).getFirst();
    }

    /**
     * Records events in order, with one statement; must be called inside the transaction of their causes.
     *
     * @return their ids
     */
    public List<EventId> record(List<Fact> facts) {
        if (facts.isEmpty()) {
            return List.of();
        }
        var rendered = facts.stream().map(this::rendered).toList();
        queries.add(rendered);
        var workspaces =
                facts.stream().map(fact -> fact.tenant().workspace()).distinct().toList();
        transactions.afterCommit(() -> {
            signals.send(Signal.EVENTS_RECORDED);
            workspaces.forEach(notifier::tell);
        });
        return rendered.stream().map(NewEvent::id).toList();
    }

    private NewEvent rendered(Fact fact) {
        var id = ids.next(EventId.KIND);
        var event = fact.event();
        var body = new Body(
                id.toString(),
                "event",
                event.type(),
                ApiVersion.NEWEST.wireName(),
                fact.tenant().mode().livemode(),
                fact.at(),
                new Data(event.payload()));
        return new NewEvent(
                id,
                fact.tenant(),
                event.type(),
                event.payload().id(),
                event.payload().postId(),
                json.write(body),
                fact.at());
    }
}
