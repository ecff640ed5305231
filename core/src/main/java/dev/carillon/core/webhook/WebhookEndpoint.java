package dev.carillon.core.webhook;

import dev.carillon.core.event.Payload.WebhookEndpointPayload;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address that gets a workspace's events. Its secret is not part of it.
 *
 * @param events patterns, as {@link dev.carillon.core.event.EventPattern} reads them
 */
public record WebhookEndpoint(
        WebhookEndpointId id,
        Tenant tenant,
        String url,
        List<String> events,
        EndpointStatus status,
        @Nullable String description,
        Map<String, Object> metadata,
        Instant createdAt) {
    public WebhookEndpoint {
        events = List.copyOf(events);
        metadata = Map.copyOf(metadata);
    }

    /** As events tell of it. */
    WebhookEndpointPayload payload() {
        return new WebhookEndpointPayload(
                id.toString(),
                "webhook_endpoint",
                url,
                events,
                status.wireName(),
                description,
                metadata,
                tenant.mode().livemode(),
                createdAt);
    }
}
