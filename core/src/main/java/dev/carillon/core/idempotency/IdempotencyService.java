package dev.carillon.core.idempotency;

import static dev.carillon.core.kernel.ErrorCode.IDEMPOTENCY_IN_PROGRESS;
import static dev.carillon.core.kernel.ErrorCode.IDEMPOTENCY_KEY_REUSED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.idempotency.IdempotencyQueries.Stored;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.sealing.Sealer;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the effect of a request once per key, and returns the stored reply to every repetition, for 24 hours of database
 * time.
 */
@Singleton
public class IdempotencyService {
    private final Transactions transactions;
    private final IdempotencyQueries queries;
    private final ReplayRights rights;
    private final Sealer sealer;

    IdempotencyService(Transactions transactions, IdempotencyQueries queries, ReplayRights rights, Sealer sealer) {
        this.transactions = transactions;
        this.queries = queries;
        this.rights = rights;
        this.sealer = sealer;
    }

    /** The reply to the caller. */
    public record Reply(int status, String body) {}

    /**
     * A reply and its origin.
     *
     * @param replayed whether an earlier request created it
     */
    public record Answer(Reply reply, boolean replayed) {}

    /**
     * The reply of an earlier request, for code that makes outbound calls before its transaction opens.
     *
     * @throws ApiException {@code idempotency_key_reused}, or {@code not_found} for a reply that the caller may not see
     */
    public Optional<Answer> find(Actor actor, IdempotentCall call) {
        return transactions.inWorkspace(actor, () -> stored(actor, call));
    }

    /**
     * Runs {@code effect} unless the key has a reply. The effect, the key and the reply commit together, so that a
     * process that dies leaves all of them or none. If the effect is refused, its writes are rolled back and the
     * refusal is the reply from then on.
     *
     * @param refused renders a refusal as the caller sees it
     * @throws ApiException {@code idempotency_key_reused} and {@code not_found} as above; {@code idempotency_in_progress}
     *     while another request runs under the key; and the effect's own refusal if it may end differently next time,
     *     which leaves the key unused
     */
    public Answer once(
            Actor actor, IdempotentCall call, Supplier<Reply> effect, Function<ApiException, Reply> refused) {
        var tenant = actor.tenant();
        return transactions.inWorkspace(actor, () -> {
            var looked = queries.tryLockAndFind(tenant, call);
            if (!looked.locked()) {
                throw IDEMPOTENCY_IN_PROGRESS.at(
                        "Idempotency-Key",
                        "A request with this idempotency key is still running; wait, then repeat it to get its reply.");
            }
            if (looked.stored() != null) {
                return replay(actor, call, looked.stored());
            }
            var reply = run(effect, refused);
            if (looked.outdated()) {
                queries.remove(tenant, call);
            }
            queries.add(actor, call, reply.status(), seal(tenant, call, reply.body()));
            return new Answer(reply, false);
        });
    }

    private Reply run(Supplier<Reply> effect, Function<ApiException, Reply> refused) {
        try {
            return transactions.attemptDeferring(effect);
        } catch (ApiException exception) {
            if (!isFinal(exception)) {
                throw exception;
            }
            return refused.apply(exception);
        }
    }

    /** Whether the same request would be refused again, as far as this can be known. */
    private static boolean isFinal(ApiException exception) {
        return switch (exception.code().status()) {
            // A precondition is not part of the request that the key identifies: the caller repeats the request with a
            // new one.
            case 401, 403, 412, 429 -> false;
            default -> exception.code().status() < 500 && !exception.code().retryable();
        };
    }

    private Optional<Answer> stored(Actor actor, IdempotentCall call) {
        return queries.find(actor.tenant(), call).map(stored -> replay(actor, call, stored));
    }

    private Answer replay(Actor actor, IdempotentCall call, Stored stored) {
        if (!stored.fingerprint().equals(call.fingerprint())) {
            throw IDEMPOTENCY_KEY_REUSED.at(
                    "Idempotency-Key",
                    "This key was used for a different request in the last 24 hours; send a new key, or repeat that request unchanged.");
        }
        var tenant = actor.tenant();
        var body = sealer.open(tenant.workspace(), purpose(tenant, call), stored.sealedReply());
        if (!rights.mayBeTold(actor, stored, body)) {
            throw NOT_FOUND.at(
                    "Idempotency-Key",
                    "Your API key may not see the reply of this idempotency key; use the original API key, or send a new idempotency key.");
        }
        return new Answer(new Reply(stored.status(), body), true);
    }

    private byte[] seal(Tenant tenant, IdempotentCall call, String body) {
        return sealer.seal(tenant.workspace(), purpose(tenant, call), body);
    }

    private static String purpose(Tenant tenant, IdempotentCall call) {
        return "idempotency/%s/%s/%s".formatted(tenant.mode(), call.route(), call.key());
    }
}
