package dev.carillon.core.webhook;

import static dev.carillon.core.kernel.ErrorCode.CONFLICT;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.TimeCursor;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Shows deliveries and what was tried, and sends one of them again. */
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
     * One delivery, whichever endpoint it is for.
     *
     * @throws Refusal {@code not_found}, also for one that is no longer kept and for another workspace's or mode's
     */
    public TriedDelivery get(Actor actor, WebhookDeliveryId id) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(
                actor, () -> tried(deliveries.find(actor.tenant(), id).orElseThrow(() -> missing(id))));
    }

    /**
     * Deliveries, newest first: those to the endpoints that there are. With an event or a post named, also those to the post's own address
     * and to endpoints that were deleted since.
     */
    public Page<Delivery> list(Actor actor, DeliveryFilter filter, PageRequest page) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> page(actor, filter, null, page));
    }

    /**
     * Deliveries to one endpoint, newest first.
     *
     * @throws Refusal {@code not_found} for an endpoint that is not there
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
     * Sends a delivery again, now and under the same {@code webhook-id}, however it ended before; its retries begin anew. One that waits for a
     * retry is tried now.
     *
     * @throws Refusal {@code not_found}, or {@code conflict} when it is being sent at this moment or its endpoint gets nothing
     */
    public TriedDelivery replay(Actor actor, WebhookDeliveryId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var delivery = deliveries.find(actor.tenant(), id).orElseThrow(() -> missing(id));
            requireEnabled(delivery.endpoint(), endpoints.status(actor.tenant(), delivery.endpoint()));
            var now = clocks.now();
            if (!replays.replay(actor.tenant(), id, now)) {
                throw CONFLICT.because(
                        "Webhook delivery %s is being sent at this moment; wait for what comes of it.".formatted(id));
            }
            hints.hint(actor.tenant(), delivery.endpoint(), now);
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
            return tried(deliveries.find(actor.tenant(), id).orElseThrow(() -> missing(id)));
        });
    }

    /** Refuses what is to be sent to an endpoint that gets nothing. */
    static void requireEnabled(WebhookEndpointId id, EndpointStatus status) {
        switch (status) {
            case ENABLED -> {
                // Nothing is in the way.
            }
            case DISABLED ->
                throw CONFLICT.because(
                        "Webhook endpoint %s is disabled, and gets nothing; enable it first.".formatted(id));
            case DELETED ->
                throw CONFLICT.because("Webhook endpoint %s was deleted; there is nothing to send to.".formatted(id));
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

    private TriedDelivery tried(Delivery delivery) {
        return new TriedDelivery(delivery, deliveries.tries(delivery));
    }

    private static Refusal missing(WebhookDeliveryId id) {
        return NOT_FOUND.because("There is no webhook delivery %s, or it is no longer kept.".formatted(id));
    }
}
