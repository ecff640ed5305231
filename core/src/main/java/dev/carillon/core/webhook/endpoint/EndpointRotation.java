package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.WebhookEndpointId;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Rotates the keys of endpoints. */
@Singleton
public class EndpointRotation {
    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final EndpointSeals seals;

    EndpointRotation(Transactions transactions, EndpointQueries endpoints, EndpointSeals seals) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.seals = seals;
    }

    /**
     * Gives an endpoint a new secret, and a new signing key if it has one. Until the overlap ends, deliveries are also
     * signed with the previous keys. Keys before those are no longer used, even if their own overlap had not ended.
     *
     * @param overlap in database time
     * @return the endpoint with its new secret, which can never be shown again
     * @throws ApiException {@code not_found}
     */
    public NewEndpoint rotate(Actor actor, WebhookEndpointId id, Duration overlap) {
        actor.require(Scope.WEBHOOKS_WRITE);
        var secret = EndpointSecret.random();
        return transactions.inWorkspace(actor, () -> {
            var tenant = actor.tenant();
            var before = endpoints.lock(tenant, id).orElseThrow(() -> WebhookEndpointService.missing(id));
            var signingKey = before.keys().publicKey() == null ? null : seals.newSigningKey(tenant, id);
            endpoints.rotate(id, seals.seal(tenant, id, secret), signingKey, overlap.toMillis());
            var rotated = endpoints.find(tenant, id).orElseThrow(() -> WebhookEndpointService.missing(id));
            return new NewEndpoint(rotated, secret);
        });
    }
}
