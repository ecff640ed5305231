package dev.carillon.api.webhook;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.EndpointSecret;
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
 * @param description for people
 * @param secret what deliveries are signed with (Standard Webhooks); only in the reply that creates the endpoint
 */
@Wire
record WebhookEndpointResponse(
        String id,
        String object,
        String url,
        List<String> events,
        String status,
        @Nullable String description,
        @Nullable String secret,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt) {

    static WebhookEndpointResponse of(WebhookEndpoint endpoint) {
        return of(endpoint, null);
    }

    static WebhookEndpointResponse of(WebhookEndpoint endpoint, @Nullable EndpointSecret secret) {
        return new WebhookEndpointResponse(
                endpoint.id().toString(),
                "webhook_endpoint",
                endpoint.url(),
                endpoint.events(),
                endpoint.status().wireName(),
                endpoint.description(),
                secret == null ? null : secret.value(),
                endpoint.metadata(),
                endpoint.tenant().mode().livemode(),
                endpoint.createdAt());
    }

    /** The secret is nobody's business in a log. */
    @Override
    public String toString() {
        return "WebhookEndpointResponse[" + id + "]";
    }
}
