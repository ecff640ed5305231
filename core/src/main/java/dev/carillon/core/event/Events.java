package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Writes events down, in the transaction of the change that they tell of. They have no number yet, and nobody sees them. */
@Singleton
public class Events {
    /** The version of the public API in which bodies are rendered. */
    public static final String API_VERSION = "2026-11-22";

    private final EventQueries queries;
    private final Transactions transactions;
    private final Signals signals;
    private final Json json;
    private final Ids ids;

    Events(EventQueries queries, Transactions transactions, Signals signals, Json json, Ids ids) {
        this.queries = queries;
        this.transactions = transactions;
        this.signals = signals;
        this.json = json;
        this.ids = ids;
    }

    @Wire
    record Body(
            String id, String object, String type, String apiVersion, boolean livemode, Instant createdAt, Data data) {}

    @Wire
    record Data(Payload object) {}

    /** Writes one event; must be called inside the transaction of its cause. */
    public void record(Tenant tenant, Event event, Instant now) {
        var id = ids.next(EventId.KIND);
        var body = new Body(
                id.toString(),
                "event",
                event.type(),
                API_VERSION,
                tenant.mode().livemode(),
                now,
                new Data(event.payload()));
        queries.add(id, tenant, event.type(), event.payload().id(), json.write(body), now);
        transactions.afterCommit(() -> signals.send(Signal.EVENTS_RECORDED));
    }
}
