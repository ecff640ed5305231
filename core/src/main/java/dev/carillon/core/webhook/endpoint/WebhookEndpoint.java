package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.event.Payload.WebhookEndpointPayload;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import java.time.Instant;
import java.util.List;

/** An address that receives events. Its secrets, and the values of its headers, are not included. */
public record WebhookEndpoint(
        WebhookEndpointId id,
        Tenant tenant,
        EndpointKind kind,
        EndpointSettings settings,
        EndpointState state,
        EndpointKeys keys,
        Instant createdAt) {

    public String url() {
        return settings.url();
    }

    public List<String> events() {
        return settings.events();
    }

    public EndpointStatus status() {
        return state.status();
    }

    /** The endpoint in the form that events contain. */
    public WebhookEndpointPayload payload() {
        var reason = state.reason();
        return new WebhookEndpointPayload(
                id.toString(),
                "webhook_endpoint",
                url(),
                events(),
                status().wireName(),
                reason == null ? null : reason.wireName(),
                state.disabledAt(),
                state.failingSince(),
                settings.description(),
                settings.metadata(),
                settings.headerNames(),
                settings.maxPerSecond(),
                settings.apiVersion().wireName(),
                keys.publicKey(),
                tenant.mode().livemode(),
                createdAt);
    }
}
