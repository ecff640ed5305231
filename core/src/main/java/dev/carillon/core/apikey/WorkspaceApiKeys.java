package dev.carillon.core.apikey;

import static dev.carillon.core.kernel.ErrorCode.API_KEY_EXPIRED;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.CANNOT_REVOKE_CURRENT_KEY;
import static dev.carillon.core.kernel.ErrorCode.LIMIT_REACHED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a workspace in one mode. A key can never grant more than its creator has. The same holds for rotation,
 * because the caller that rotates a key learns its new secret.
 */
@Singleton
public class WorkspaceApiKeys {
    /** Keys of one mode that are neither revoked nor expired. */
    private static final int MOST_KEYS = 1_000;

    private final Transactions transactions;
    private final ApiKeyQueries queries;
    private final KeyDelegationPolicy delegation;
    private final List<ApiKeyFollower> followers;
    private final Signals signals;
    private final Ids ids;

    WorkspaceApiKeys(
            Transactions transactions,
            ApiKeyQueries queries,
            KeyDelegationPolicy delegation,
            List<ApiKeyFollower> followers,
            Signals signals,
            Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.delegation = delegation;
        this.followers = List.copyOf(followers);
        this.signals = signals;
        this.ids = ids;
    }

    /** A key with its newest secret, which can never be shown again. */
    public record Issued(ApiKey key, ApiKeySecret secret) {}

    /**
     * A key with its newest secret.
     *
     * @param formerUntil database time until which the previous secret stays valid
     */
    public record Rotated(ApiKey key, ApiKeySecret secret, Instant formerUntil) {}

    /**
     * Creates a key.
     *
     * @throws ApiException {@code scope_missing} for a scope that the creator lacks, {@code invalid_parameter} for an
     *     expiry, addresses, accounts, a rate or an agent beyond the creator's and for a scope that goes beyond
     *     accounts, {@code not_found} for an agent, account or group, {@code agent_disabled}, {@code limit_reached}
     */
    public Issued create(Actor actor, NewApiKey wanted) {
        actor.require(Scope.API_KEYS_WRITE);
        var secret = ApiKeySecret.random(actor.mode());
        return transactions.inWorkspace(actor, () -> {
            var bounded = delegation.within(actor, wanted);
            if (queries.count(actor.tenant()) >= MOST_KEYS) {
                throw LIMIT_REACHED.because(
                        "This mode has %d API keys, which is the limit; revoke one first.".formatted(MOST_KEYS));
            }
            var id = ids.next(ApiKeyId.KIND);
            queries.add(id, actor.tenant(), bounded, secret, actor.caller());
            var key = existing(actor, id);
            followers.forEach(follower -> follower.created(key));
            return new Issued(key, secret);
        });
    }

    public ApiKey get(Actor actor, ApiKeyId id) {
        actor.require(Scope.API_KEYS_WRITE);
        return transactions.inWorkspace(actor, () -> existing(actor, id));
    }

    /** The key that authenticated the caller; empty for a member. Joins the open transaction. */
    public Optional<ApiKey> ofCaller(Actor actor) {
        return Optional.ofNullable(actor.caller().keyOrNull()).map(id -> existing(actor, id));
    }

    /**
     * Newest first, including revoked and expired keys.
     *
     * @param agent lists only this agent's keys; null for all
     */
    public Page<ApiKey> list(Actor actor, @Nullable AgentId agent, PageRequest page) {
        actor.require(Scope.API_KEYS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor, agent, page.after(ApiKeyId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), key -> key.id().toString());
        });
    }

    /**
     * Gives a key a new secret; everything else stays the same, including its expiry.
     *
     * @param overlap how long the previous secret stays valid, in database time; not beyond the key's own expiry
     * @throws ApiException {@code api_key_revoked} or {@code api_key_expired} for a key that is no longer valid, and as
     *     {@link #create} for a key that grants more than the caller has
     */
    public Rotated rotate(Actor actor, ApiKeyId id, Duration overlap) {
        actor.require(Scope.API_KEYS_WRITE);
        var secret = ApiKeySecret.random(actor.mode());
        return transactions.inWorkspace(actor, () -> {
            var key = queries.lock(actor, id).orElseThrow(() -> notFound(id));
            requireAlive(key);
            delegation.requireWithin(actor, key);
            var until = queries.rotate(id, secret, overlap);
            tell();
            return new Rotated(existing(actor, id), secret, until);
        });
    }

    /**
     * Revokes a key in every process within a second. Repeating it is harmless.
     *
     * @throws ApiException {@code cannot_revoke_current_key} for the key of the request itself
     */
    public ApiKey revoke(Actor actor, ApiKeyId id) {
        actor.require(Scope.API_KEYS_WRITE);
        if (id.equals(actor.caller().keyOrNull())) {
            throw CANNOT_REVOKE_CURRENT_KEY.because("A key cannot revoke itself; use another key.");
        }
        return transactions.inWorkspace(actor, () -> {
            var locked = queries.lock(actor, id).orElseThrow(() -> notFound(id));
            boolean revoked = queries.revoke(locked.id());
            var key = existing(actor, id);
            if (revoked) {
                followers.forEach(follower -> follower.revoked(key));
                tell();
            }
            return key;
        });
    }

    private void tell() {
        transactions.afterCommit(() -> signals.send(Signal.API_KEYS_CHANGED));
    }

    private ApiKey existing(Actor actor, ApiKeyId id) {
        return queries.find(actor, id).orElseThrow(() -> notFound(id));
    }

    private static ApiException notFound(ApiKeyId id) {
        return NOT_FOUND.because("There is no API key %s.".formatted(id));
    }

    private static void requireAlive(ApiKey key) {
        switch (key.status()) {
            case REVOKED -> throw API_KEY_REVOKED.because("Key %s was revoked; create a new one.".formatted(key.id()));
            case EXPIRED -> throw API_KEY_EXPIRED.because("Key %s has expired; create a new one.".formatted(key.id()));
            case ACTIVE, DISABLED -> {
                // A key of a disabled agent is refused until the agent is enabled, whatever its secret.
            }
        }
    }
}
