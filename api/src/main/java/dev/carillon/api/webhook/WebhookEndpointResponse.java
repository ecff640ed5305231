package dev.carillon.api.webhook;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.endpoint.EndpointSecret;
import dev.carillon.core.webhook.endpoint.NewEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL that receives the workspace's events.
 *
 * @param object always {@code webhook_endpoint}
 * @param events the types that it receives: single types, {@code *} for all, {@code post.*} for all types of one object
 * @param status enabled, disabled or deleted
 * @param statusReason why it is disabled: gone (its server answered 410), failing (nothing arrived for days) or requested
 * @param disabledAt when it was disabled
 * @param failingSince when the first attempt failed after the last success; null while attempts succeed
 * @param failures the number of failed attempts since then
 * @param description a note for people
 * @param headerNames the names of the custom headers that each request carries in addition to Carillon's; their values are never shown
 * @param maxPerSecond the maximum number of requests per second; null if the endpoint has no limit of its own
 * @param apiVersion the API version of the events that the endpoint receives
 * @param secret the secret that signs deliveries (Standard Webhooks); only in the replies that create the endpoint and rotate its secret
 * @param previousSecretUntil the time until which deliveries are also signed with the previous keys
 * @param publicKey verifies v1a signatures; null if there are none
 */
@Wire
record WebhookEndpointResponse(
        String id,
        String object,
        String url,
        List<String> events,
        String status,
        @Nullable String statusReason,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        int failures,
        @Nullable String description,
        List<String> headerNames,
        @Nullable Integer maxPerSecond,
        String apiVersion,
        @Nullable String secret,
        @Nullable Instant previousSecretUntil,
        @Nullable String publicKey,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt) {

    static WebhookEndpointResponse of(WebhookEndpoint endpoint) {
        return of(endpoint, null);
    }

    /** With the secret, which is shown only once. */
    static WebhookEndpointResponse of(NewEndpoint made) {
        return of(made.endpoint(), made.secret());
    }

    private static WebhookEndpointResponse of(WebhookEndpoint endpoint, @Nullable EndpointSecret secret) {
        var settings = endpoint.settings();
        var state = endpoint.state();
        var reason = state.reason();
        return new WebhookEndpointResponse(
                endpoint.id().toString(),
                "webhook_endpoint",
                settings.url(),
                settings.events(),
                state.status().wireName(),
                reason == null ? null : reason.wireName(),
                state.disabledAt(),
                state.failingSince(),
                state.failures(),
                settings.description(),
                settings.headerNames(),
                settings.maxPerSecond(),
                settings.apiVersion().wireName(),
                secret == null ? null : secret.value(),
                endpoint.keys().previousSecretUntil(),
                endpoint.keys().publicKey(),
                Sorted.byKey(settings.metadata()),
                endpoint.tenant().mode().livemode(),
                endpoint.createdAt());
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "WebhookEndpointResponse[" + id + "]";
    }
}
