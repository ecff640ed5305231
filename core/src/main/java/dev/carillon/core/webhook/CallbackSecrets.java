package dev.carillon.core.webhook;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.sealing.Sealer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The secret that callbacks of posts are signed with: one for each workspace and mode, made when it is first needed. */
@Singleton
public class CallbackSecrets {
    private final Transactions transactions;
    private final CallbackQueries queries;
    private final Sealer sealer;

    CallbackSecrets(Transactions transactions, CallbackQueries queries, Sealer sealer) {
        this.transactions = transactions;
        this.queries = queries;
        this.sealer = sealer;
    }

    /** One with the secret that it was just given, which nobody can read again. */
    public record Rotated(CallbackSecret secret, EndpointSecret value) {}

    /**
     * What is to be told of the secret, which itself is shown by {@link #rotate} alone.
     *
     * @throws Refusal {@code not_found} before there is one
     */
    public CallbackSecret get(Actor actor) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> existing(actor.tenant()));
    }

    /**
     * Makes another secret, or the first one. Callbacks are signed with the one before as well until the overlap is over; the one before that counts no
     * more.
     *
     * @param overlap in database time
     */
    public Rotated rotate(Actor actor, Duration overlap) {
        actor.require(Scope.WEBHOOKS_WRITE);
        var value = EndpointSecret.random();
        return transactions.inWorkspace(actor, () -> {
            var tenant = actor.tenant();
            var sealed = seal(tenant, value);
            // Whoever loses the race to make the first one rotates it.
            if (!queries.addSecret(tenant, sealed) && !queries.rotateSecret(tenant, sealed, overlap.toMillis())) {
                throw new IllegalStateException("a callback secret is there and is not");
            }
            return new Rotated(existing(tenant), value);
        });
    }

    /** Makes the first secret of a tenant where it has none; joins the open transaction. */
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
                .orElseThrow(
                        () -> ErrorCode.NOT_FOUND.because(
                                "There is no callback secret in this mode yet; POST /v1/callback_secret/rotate makes one, and so does the first post with a webhook_url."));
    }
}
