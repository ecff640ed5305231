package dev.carillon.core.webhook.health;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.event.Payload.WebhookEndpointPayload;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.DeliveryQueries;
import dev.carillon.core.webhook.delivery.Tally;
import dev.carillon.core.webhook.endpoint.EndpointQueries;
import dev.carillon.core.webhook.health.HealthChange.News;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the health of endpoints up to date with the results of attempts: pauses endpoints, warns about them, disables
 * them, and notices when they recover.
 */
@Singleton
public class EndpointHealthService {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealthService.class);

    private final Transactions transactions;
    private final EndpointHealthQueries queries;
    private final EndpointQueries endpoints;
    private final DeliveryQueries deliveries;
    private final EventRecorder events;
    private final Signals signals;
    private final Clocks clocks;
    private final EndpointHealthConfig config;

    EndpointHealthService(
            Transactions transactions,
            EndpointHealthQueries queries,
            EndpointQueries endpoints,
            DeliveryQueries deliveries,
            EventRecorder events,
            Signals signals,
            Clocks clocks,
            EndpointHealthConfig config) {
        this.transactions = transactions;
        this.queries = queries;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.events = events;
        this.signals = signals;
        this.clocks = clocks;
        this.config = config;
    }

    /**
     * Writes the effects of attempts, with their notices and events; joins the open transaction, and locks lanes last.
     */
    public void follow(Map<WebhookEndpointId, Tally> tallies, Instant now) {
        if (tallies.isEmpty()) {
            return;
        }
        var changes = queries.lock(tallies.keySet(), now).stream()
                .map(before -> before.after(Objects.requireNonNull(tallies.get(before.endpoint())), now, config))
                .toList();
        if (changes.isEmpty()) {
            return;
        }
        queries.write(changes, now);
        changes.stream()
                .filter(change -> change.disabled() != null)
                .forEach(change -> deliveries.skipWaiting(change.endpoint()));
        tell(changes.stream().filter(change -> change.news() != null).toList());
        pause(
                changes.stream()
                        .filter(change -> !change.pause().changesNothing())
                        .toList(),
                now);
    }

    private void tell(List<HealthChange> news) {
        if (news.isEmpty()) {
            return;
        }
        queries.addNotices(news);
        events.record(news.stream().flatMap(change -> fact(change).stream()).toList());
        news.forEach(change -> LOG.atInfo()
                .addKeyValue("endpoint", change.endpoint())
                .addKeyValue("news", change.news())
                .addKeyValue("since", change.failingSince())
                .log("webhook endpoint health changed"));
    }

    private Optional<Fact> fact(HealthChange change) {
        return endpoints.findAcross(change.endpoint()).map(endpoint -> {
            var tenant = endpoint.tenant();
            var event = event(Objects.requireNonNull(change.news()), endpoint.payload());
            return new Fact(tenant, event, clocks.now(tenant.workspace(), tenant.mode()));
        });
    }

    private static Event event(News news, WebhookEndpointPayload payload) {
        return switch (news) {
            case FAILING -> new Event.WebhookEndpointFailing(payload);
            case DISABLED -> new Event.WebhookEndpointDisabled(payload);
            case RECOVERED -> new Event.WebhookEndpointRecovered(payload);
        };
    }

    private void pause(List<HealthChange> changes, Instant now) {
        if (changes.isEmpty()) {
            return;
        }
        queries.pauseLanes(changes, now);
        if (changes.stream().anyMatch(change -> change.pause().until() == null)) {
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
        }
    }
}
