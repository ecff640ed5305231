package dev.carillon.api.webhook;

import dev.carillon.api.http.Sorted;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.EndpointSecret;
import dev.carillon.core.webhook.NewEndpoint;
import dev.carillon.core.webhook.WebhookEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address that gets the workspace's events.
 *
 * @param object always {@code webhook_endpoint}
 * @param events what it gets: types, {@code *} for all, {@code post.*} for all of one object
 * @param status enabled, disabled or deleted
 * @param statusReason why it is disabled: gone (its server answered 410), failing (nothing arrived for days) or requested
 * @param disabledAt since when
 * @param failingSince when the first try failed after the last that did not; null while all is well
 * @param failures tries that failed since then
 * @param description for people
 * @param headerNames of the headers that each request carries beside Carillon's; their values are never shown
 * @param maxPerSecond requests a second at most; null for no bound of its own
 * @param apiVersion in which it is sent events
 * @param secret what deliveries are signed with (Standard Webhooks); only in the replies that create the endpoint and rotate its secret
 * @param previousSecretUntil until when deliveries are signed with the keys before as well
 * @param publicKey checks signatures of the kind v1a; null where there are none
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

    /** With the secret, once. */
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

    /** The secret is nobody's business in a log. */
    @Override
    public String toString() {
        return "WebhookEndpointResponse[" + id + "]";
    }
}
