package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.DeliveryQueries;
import jakarta.inject.Singleton;

/** Disables, enables and tests endpoints at a caller's request. */
@Singleton
public class EndpointSwitches {
    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final DeliveryQueries deliveries;
    private final EventRecorder events;
    private final Signals signals;
    private final Clocks clocks;

    EndpointSwitches(
            Transactions transactions,
            EndpointQueries endpoints,
            DeliveryQueries deliveries,
            EventRecorder events,
            Signals signals,
            Clocks clocks) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.events = events;
        this.signals = signals;
        this.clocks = clocks;
    }

    /**
     * Disables an endpoint: waiting and future deliveries are skipped. A delivery that is being sent at this moment may
     * still arrive. Calling it twice is harmless, and keeps the first reason.
     *
     * @throws ApiException {@code not_found}
     */
    public WebhookEndpoint disable(Actor actor, WebhookEndpointId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var before = lock(actor, id);
            var disabled = endpoints.disable(id, DisabledReason.REQUESTED, clocks.now());
            disabled.ifPresent(endpoint -> {
                deliveries.skipWaiting(id);
                events.record(
                        endpoint.tenant(),
                        new Event.WebhookEndpointDisabled(endpoint.payload()),
                        clocks.now(actor.workspace(), actor.mode()));
            });
            return disabled.orElse(before);
        });
    }

    /**
     * Enables an endpoint from the next event on, and resets its failures and pauses. Skipped deliveries stay skipped
     * until a caller replays them. Calling it twice is harmless.
     *
     * @throws ApiException {@code not_found}
     */
    public WebhookEndpoint enable(Actor actor, WebhookEndpointId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            lock(actor, id);
            endpoints.enable(actor.tenant(), id);
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
            return endpoints.find(actor.tenant(), id).orElseThrow(() -> WebhookEndpointService.missing(id));
        });
    }

    /**
     * Records an event that goes only to this endpoint, whatever its patterns.
     *
     * @return the event's id
     * @throws ApiException {@code not_found}, or {@code conflict} if it is disabled
     */
    public EventId test(Actor actor, WebhookEndpointId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var endpoint = lock(actor, id);
            if (endpoint.status() == EndpointStatus.DISABLED) {
                throw ErrorCode.CONFLICT.because("Webhook endpoint %s is disabled; enable it first.".formatted(id));
            }
            return events.record(
                    endpoint.tenant(),
                    new Event.WebhookEndpointTest(endpoint.payload()),
                    clocks.now(actor.workspace(), actor.mode()));
        });
    }

    private WebhookEndpoint lock(Actor actor, WebhookEndpointId id) {
        return endpoints.lock(actor.tenant(), id).orElseThrow(() -> WebhookEndpointService.missing(id));
    }
}
