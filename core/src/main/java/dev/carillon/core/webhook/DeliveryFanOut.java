package dev.carillon.core.webhook;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event.WebhookEndpointTest;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.FanOutQueries.Destination;
import dev.carillon.core.webhook.FanOutQueries.NewDelivery;
import dev.carillon.core.webhook.FanOutQueries.Receivers;
import dev.carillon.core.webhook.FanOutQueries.Subscriber;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes deliveries of events: one for each endpoint that wants the event, and one for the callback of its post. What a disabled endpoint would have been
 * sent is kept as skipped, so that it can be sent later. A test goes to the endpoint that it is about, whatever that wants, and to no other.
 */
@Singleton
public class DeliveryFanOut {
    private final Transactions transactions;
    private final FanOutQueries queries;
    private final Signals signals;
    private final Clocks clocks;

    DeliveryFanOut(Transactions transactions, FanOutQueries queries, Signals signals, Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.signals = signals;
        this.clocks = clocks;
    }

    /** Joins the open transaction. Made twice is made once. */
    public void fanOut(Tenant tenant, List<RecordedEvent> events) {
        var posts = events.stream().flatMap(event -> postOf(event).stream()).collect(Collectors.toSet());
        var addressed = new Addressing(queries.receivers(tenant, posts)).all(events);
        if (addressed.isEmpty()) {
            return;
        }
        // In real time in both modes: it is a real receiver that is called.
        queries.add(tenant, addressed, clocks.now());
        if (addressed.stream().anyMatch(delivery -> delivery.to().status() == EndpointStatus.ENABLED)) {
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
        }
    }

    private static Optional<PostId> postOf(RecordedEvent event) {
        var post = event.postId();
        return post == null ? Optional.empty() : PostId.KIND.read(post);
    }

    /** Who gets what. Events are many and their types few, so that each type is held against the patterns once. */
    private static final class Addressing {
        private final Receivers receivers;
        private final HashMap<String, List<Destination>> byType = new HashMap<>();

        Addressing(Receivers receivers) {
            this.receivers = receivers;
        }

        List<NewDelivery> all(List<RecordedEvent> events) {
            return events.stream()
                    .flatMap(event -> destinations(event).map(to -> new NewDelivery(event, to)))
                    .toList();
        }

        private Stream<Destination> destinations(RecordedEvent event) {
            if (event.type().equals(WebhookEndpointTest.TYPE)) {
                return receivers.subscribers().stream()
                        .map(Subscriber::destination)
                        .filter(to -> to.endpoint().toString().equals(event.objectId()));
            }
            return Stream.concat(
                    byType.computeIfAbsent(event.type(), this::wanting).stream(),
                    postOf(event).map(receivers.callbacks()::get).stream());
        }

        private List<Destination> wanting(String type) {
            return receivers.subscribers().stream()
                    .filter(subscriber ->
                            subscriber.patterns().stream().anyMatch(pattern -> new EventPattern(pattern).matches(type)))
                    .map(Subscriber::destination)
                    .toList();
        }
    }
}
