package dev.carillon.core.testing;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventOrder;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventService;
import dev.carillon.core.event.FanOut;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.webhook.delivery.DeliveryFanOut;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One tenant's webhook endpoints: records events, and puts their deliveries into the state that a test needs. */
public final class Hooked {
    private final TestCarillon carillon;
    private final Actor actor;

    public Hooked(TestCarillon carillon, Actor actor) {
        this.carillon = carillon;
        this.actor = actor;
    }

    public Actor actor() {
        return actor;
    }

    /** Creates an endpoint for these event types. */
    public WebhookEndpoint endpoint(String url, String... events) {
        return carillon.bean(WebhookEndpointService.class)
                .create(actor, anEndpoint(url, events))
                .endpoint();
    }

    public WebhookEndpoint endpoint() {
        return endpoint("https://hooks.example.com", "*");
    }

    /** Connects this many accounts; returns the recorded events in order. */
    public List<RecordedEvent> happen(int times) {
        var clocks = carillon.bean(Clocks.class);
        carillon.bean(Transactions.class).inWorkspace(actor, () -> IntStream.range(0, times)
                .mapToObj(i -> recorded(new Event.AccountConnected(account(clocks))))
                .toList());
        return newest(times);
    }

    /** Records an event of another type. */
    public RecordedEvent anAccountIsDisconnected() {
        carillon.bean(Transactions.class)
                .inWorkspace(
                        actor, () -> recorded(new Event.AccountDisconnected(account(carillon.bean(Clocks.class)))));
        return newest(1).getFirst();
    }

    private Event recorded(Event event) {
        var now = carillon.bean(Clocks.class).now(actor.workspace(), actor.mode());
        carillon.bean(EventRecorder.class).record(actor.tenant(), event, now);
        return event;
    }

    private AccountPayload account(Clocks clocks) {
        return new AccountPayload(
                "acct_1",
                "account",
                "sandbox",
                "one",
                "active",
                null,
                actor.mode().livemode(),
                clocks.now());
    }

    private List<RecordedEvent> newest(int times) {
        var found = new ArrayList<>(carillon.bean(EventService.class)
                .list(actor, EventFilter.ALL, EventOrder.DESC, new PageRequest(times, null))
                .data());
        return found.reversed();
    }

    public void fanOut() {
        fanOut(carillon);
    }

    /** Creates the deliveries of all numbered events, for every tenant. */
    public static void fanOut(TestCarillon carillon) {
        carillon.bean(FanOut.class).run(carillon.bean(DeliveryFanOut.class)::fanOut);
    }

    /** Ends every delivery of an event with this status and number of attempts. */
    public void end(RecordedEvent event, String status, int attempts) {
        asOwner("""
                UPDATE webhook_delivery SET status = '%s', attempts = %d, ended_at = clock_timestamp(), lease_until = NULL
                WHERE event_id = '%s'
                """.formatted(status, attempts, event.id().value()));
    }

    /** Claims every delivery of an event. */
    public void claim(RecordedEvent event) {
        asOwner("""
                UPDATE webhook_delivery SET generation = generation + 1, lease_until = clock_timestamp() + interval '1 minute'
                WHERE event_id = '%s'
                """.formatted(event.id().value()));
    }

    public void asOwner(String statement) {
        try (var connection = carillon.database().asOwner().getConnection();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The first column of a query, as text. The query runs as the database owner. */
    public List<@Nullable String> told(String question) {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            var found = new ArrayList<@Nullable String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }
}
