package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.sealing.Sealer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The secret that signs callbacks of posts: one for each workspace and mode, created when it is first needed. */
@Singleton
public class CallbackSecretService {
    private final Transactions transactions;
    private final CallbackQueries queries;
    private final Sealer sealer;

    CallbackSecretService(Transactions transactions, CallbackQueries queries, Sealer sealer) {
        this.transactions = transactions;
        this.queries = queries;
        this.sealer = sealer;
    }

    /** A secret's details with its new value, which cannot be read again. */
    public record Rotated(CallbackSecret secret, EndpointSecret value) {}

    /**
     * The details of the secret. Only {@link #rotate} shows its value.
     *
     * @throws ApiException {@code not_found} if there is none yet
     */
    public CallbackSecret get(Actor actor) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> existing(actor.tenant()));
    }

    /**
     * Creates a new secret, or the first one. Until the overlap ends, callbacks are also signed with the previous
     * secret; any earlier one is no longer used.
     *
     * @param overlap in database time
     */
    public Rotated rotate(Actor actor, Duration overlap) {
        actor.require(Scope.WEBHOOKS_WRITE);
        var value = EndpointSecret.random();
        return transactions.inWorkspace(actor, () -> {
            var tenant = actor.tenant();
            var sealed = seal(tenant, value);
            // If another caller has just created the first one, this call rotates it.
            if (!queries.addSecret(tenant, sealed) && !queries.rotateSecret(tenant, sealed, overlap.toMillis())) {
                throw new IllegalStateException("the callback secret could neither be created nor rotated");
            }
            return new Rotated(existing(tenant), value);
        });
    }

    /** Creates the tenant's first secret if it has none; joins the open transaction. */
    void ensure(Tenant tenant) {
        if (queries.secret(tenant).isEmpty()) {
            queries.addSecret(tenant, seal(tenant, EndpointSecret.random()));
        }
    }

    private byte[] seal(Tenant tenant, EndpointSecret secret) {
        return sealer.seal(tenant.workspace(), EndpointSecret.CALLBACK_PURPOSE, secret.value());
    }

    private CallbackSecret existing(Tenant tenant) {
        return queries.secret(tenant)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because(
                        "There is no callback secret in this mode yet; create one with POST /v1/callback_secret/rotate"
                                + " or with the first post that has a webhook_url."));
    }
}
