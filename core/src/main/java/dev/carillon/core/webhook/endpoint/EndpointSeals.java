package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.sealing.Sealer;
import dev.carillon.core.webhook.endpoint.EndpointQueries.StoredKey;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Seals the secrets of an endpoint. */
@Singleton
class EndpointSeals {
    private final Sealer sealer;
    private final Json json;

    EndpointSeals(Sealer sealer, Json json) {
        this.sealer = sealer;
        this.json = json;
    }

    byte[] seal(Tenant tenant, WebhookEndpointId endpoint, EndpointSecret secret) {
        return sealer.seal(tenant.workspace(), EndpointSecret.purpose(endpoint), secret.value());
    }

    /** Null if there are no headers. */
    byte @Nullable [] seal(Tenant tenant, WebhookEndpointId endpoint, CustomHeaders headers) {
        return headers.values().isEmpty()
                ? null
                : sealer.seal(tenant.workspace(), CustomHeaders.purpose(endpoint), json.write(headers.values()));
    }

    /** A new signing key, in its stored form. */
    StoredKey newSigningKey(Tenant tenant, WebhookEndpointId endpoint) {
        var pair = SigningKey.random();
        return new StoredKey(
                pair.publicKey(),
                sealer.seal(
                        tenant.workspace(),
                        SigningKey.purpose(endpoint),
                        pair.key().value()));
    }
}
