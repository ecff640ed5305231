package dev.carillon.core.webhook.delivery;

import static dev.carillon.core.kernel.ErrorCode.CONFLICT;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.TimeCursor;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService.DeliveryWithAttempts;
import dev.carillon.core.webhook.endpoint.EndpointQueries;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.core.webhook.replay.DeliveryReplayQueries;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows deliveries and their attempts, and replays single deliveries. */
@Singleton
public class WebhookDeliveryService {
    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final DeliveryListQueries deliveries;
    private final DeliveryReplayQueries replays;
    private final DeliveryQueries hints;
    private final Signals signals;
    private final Clocks clocks;

    WebhookDeliveryService(
            Transactions transactions,
            EndpointQueries endpoints,
            DeliveryListQueries deliveries,
            DeliveryReplayQueries replays,
            DeliveryQueries hints,
            Signals signals,
            Clocks clocks) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.replays = replays;
        this.hints = hints;
        this.signals = signals;
        this.clocks = clocks;
    }

    /**
     * A delivery with all of its attempts.
     *
     * @param attempts first to last
     */
    public record DeliveryWithAttempts(Delivery delivery, List<DeliveryAttempt> attempts) {
        public DeliveryWithAttempts {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * One delivery, whichever endpoint it is for.
     *
     * @throws ApiException {@code not_found}, also if it is no longer retained or belongs to another workspace or mode
     */
    public DeliveryWithAttempts get(Actor actor, WebhookDeliveryId id) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(
                actor, () -> withAttempts(deliveries.find(actor.tenant(), id).orElseThrow(() -> missing(id))));
    }

    /**
     * Deliveries to the existing endpoints, newest first. If the filter names an event or a post, also those to the
     * post's own address and to endpoints that have since been deleted.
     */
    public Page<Delivery> list(Actor actor, DeliveryFilter filter, PageRequest page) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> page(actor, filter, null, page));
    }

    /**
     * Deliveries to one endpoint, newest first.
     *
     * @throws ApiException {@code not_found} if the endpoint does not exist
     */
    public Page<Delivery> list(Actor actor, WebhookEndpointId endpoint, DeliveryFilter filter, PageRequest page) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> {
            var there = endpoints
                    .find(actor.tenant(), endpoint)
                    .orElseThrow(() -> WebhookEndpointService.missing(endpoint));
            return page(actor, filter, there.id(), page);
        });
    }

    /**
     * Sends a delivery again, now and under the same {@code webhook-id}, whatever its outcome was; its retry schedule
     * starts again. A delivery that waits for a retry is attempted now.
     *
     * @throws ApiException {@code not_found}, or {@code conflict} if it is being sent at this moment or its endpoint is not
     *     enabled
     */
    public DeliveryWithAttempts replay(Actor actor, WebhookDeliveryId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var delivery = deliveries.find(actor.tenant(), id).orElseThrow(() -> missing(id));
            requireEnabled(delivery.endpoint(), endpoints.status(actor.tenant(), delivery.endpoint()));
            var now = clocks.now();
            if (!replays.replay(actor.tenant(), id, now)) {
                throw CONFLICT.because(
                        "Webhook delivery %s is being sent right now; wait for its outcome.".formatted(id));
            }
            hints.hint(actor.tenant(), delivery.endpoint(), now);
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
            return withAttempts(deliveries.find(actor.tenant(), id).orElseThrow(() -> missing(id)));
        });
    }

    /** Refuses to send anything to an endpoint that is not enabled. */
    public static void requireEnabled(WebhookEndpointId id, EndpointStatus status) {
        switch (status) {
            case ENABLED -> {
                // It can be sent to.
            }
            case DISABLED -> throw CONFLICT.because("Webhook endpoint %s is disabled; enable it first.".formatted(id));
            case DELETED ->
                throw CONFLICT.because("Webhook endpoint %s was deleted, so nothing can be sent to it.".formatted(id));
        }
    }

    private Page<Delivery> page(
            Actor actor, DeliveryFilter filter, @Nullable WebhookEndpointId endpoint, PageRequest page) {
        var found = deliveries.list(actor.tenant(), filter, endpoint, TimeCursor.of(page), page.limit() + 1);
        return Page.of(found, page.limit(), WebhookDeliveryService::cursorOf);
    }

    private static String cursorOf(Delivery delivery) {
        return new TimeCursor(delivery.createdAt(), delivery.id().toString()).toString();
    }

    private DeliveryWithAttempts withAttempts(Delivery delivery) {
        return new DeliveryWithAttempts(delivery, deliveries.attempts(delivery));
    }

    private static ApiException missing(WebhookDeliveryId id) {
        return NOT_FOUND.because("There is no webhook delivery %s, or it is no longer kept.".formatted(id));
    }
}
