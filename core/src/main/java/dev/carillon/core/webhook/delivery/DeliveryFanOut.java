package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event.WebhookEndpointTest;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.FanOutQueries.Destination;
import dev.carillon.core.webhook.delivery.FanOutQueries.NewDelivery;
import dev.carillon.core.webhook.delivery.FanOutQueries.ReceiverFactory;
import dev.carillon.core.webhook.delivery.FanOutQueries.Subscriber;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the deliveries of events: one for each endpoint that wants the event, and one for the callback of its post.
 * Deliveries to a disabled endpoint are kept as skipped, so that they can be sent later. A test goes only to the
 * endpoint that it is about, whatever that endpoint's patterns.
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

    /** Joins the open transaction. Calling it again for the same events changes nothing. */
    public void fanOut(Tenant tenant, List<RecordedEvent> events) {
        var posts = events.stream().flatMap(event -> postOf(event).stream()).collect(Collectors.toSet());
        var addressed = new Addressing(queries.receivers(tenant, posts)).all(events);
        if (addressed.isEmpty()) {
            return;
        }
        // Real time in both modes, because the receiver is real.
        queries.add(tenant, addressed, clocks.now());
        if (addressed.stream().anyMatch(delivery -> delivery.to().status() == EndpointStatus.ENABLED)) {
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
        }
    }

    private static Optional<PostId> postOf(RecordedEvent event) {
        var post = event.postId();
        return post == null ? Optional.empty() : PostId.KIND.read(post);
    }

    /**
     * Finds the destinations of each event. There are many events and few types, so each type is matched against the
     * patterns only once.
     */
    private static final class Addressing {
        private final ReceiverFactory receivers;
        private final HashMap<String, List<Destination>> byType = new HashMap<>();

        Addressing(ReceiverFactory receivers) {
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
