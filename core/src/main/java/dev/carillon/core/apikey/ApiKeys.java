package dev.carillon.core.apikey;

import static dev.carillon.core.kernel.ErrorCode.AGENT_DISABLED;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_EXPIRED;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.CANNOT_REVOKE_CURRENT_KEY;
import static dev.carillon.core.kernel.ErrorCode.INVALID_PARAMETER;
import static dev.carillon.core.kernel.ErrorCode.LIMIT_REACHED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.SCOPE_MISSING;

import dev.carillon.core.apikey.AccountBounds.Within;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.AddressBlocks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a workspace, of one mode. Nobody comes to more than they have by way of another key: what a new key may do lies within what
 * its maker may, and so does what a rotated key may, whose new secret the rotator learns.
 */
@Singleton
public class ApiKeys {
    /** Those of one mode that are neither revoked nor expired. */
    private static final int MOST_KEYS = 1_000;

    private final Transactions transactions;
    private final ApiKeyQueries queries;
    private final List<ApiKeyFollower> followers;
    private final Signals signals;
    private final Ids ids;

    ApiKeys(
            Transactions transactions,
            ApiKeyQueries queries,
            List<ApiKeyFollower> followers,
            Signals signals,
            Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.followers = List.copyOf(followers);
        this.signals = signals;
        this.ids = ids;
    }

    /** A key with its newest secret, which can never be shown again. */
    public record Issued(ApiKey key, ApiKeySecret secret) {}

    /**
     * A key with its newest secret.
     *
     * @param formerUntil database time until which the secret before counts as well
     */
    public record Rotated(ApiKey key, ApiKeySecret secret, Instant formerUntil) {}

    /**
     * Makes a key.
     *
     * @throws Refusal {@code scope_missing} for a scope that the maker lacks, {@code invalid_parameter} for an expiry, addresses, accounts,
     *     a rate or an agent beyond the maker's and for a scope that goes beyond accounts, {@code not_found} for an agent, account or group, {@code
     *     agent_disabled}, {@code limit_reached}
     */
    public Issued create(Actor actor, NewApiKey wanted) {
        actor.require(Scope.API_KEYS_WRITE);
        requireScopes(actor, wanted);
        var secret = ApiKeySecret.random(actor.mode());
        return transactions.inWorkspace(actor, () -> {
            var bounded = within(maker(actor), wanted);
            if (queries.count(actor.tenant()) >= MOST_KEYS) {
                throw LIMIT_REACHED.because(
                        "There are %d keys of this mode, which is the limit; revoke one first.".formatted(MOST_KEYS));
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

    /**
     * Newest first, revoked and expired ones included.
     *
     * @param agent only this agent's; null for all
     */
    public Page<ApiKey> list(Actor actor, @Nullable AgentId agent, PageRequest page) {
        actor.require(Scope.API_KEYS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor, agent, page.after(ApiKeyId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), key -> key.id().toString());
        });
    }

    /**
     * Gives a key another secret; everything else about it stays, its expiry among it.
     *
     * @param overlap how long the secret before counts as well, in database time; not beyond the key's own expiry
     * @throws Refusal {@code api_key_revoked} or {@code api_key_expired} for one that lets nobody in, and as {@link #create} for one that
     *     may do more than who rotates it
     */
    public Rotated rotate(Actor actor, ApiKeyId id, Duration overlap) {
        actor.require(Scope.API_KEYS_WRITE);
        var secret = ApiKeySecret.random(actor.mode());
        return transactions.inWorkspace(actor, () -> {
            var key = queries.lock(actor, id).orElseThrow(() -> notFound(id));
            requireAlive(key);
            requireWithin(actor, key);
            var until = queries.rotate(id, secret, overlap);
            tell();
            return new Rotated(existing(actor, id), secret, until);
        });
    }

    /**
     * Ends a key, everywhere within a second. Doing it twice is harmless.
     *
     * @throws Refusal {@code cannot_revoke_current_key} for the key of the request itself
     */
    public ApiKey revoke(Actor actor, ApiKeyId id) {
        actor.require(Scope.API_KEYS_WRITE);
        if (id.equals(actor.caller().keyOrNull())) {
            throw CANNOT_REVOKE_CURRENT_KEY.because("This is the key that the request came with.");
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

    private static Refusal notFound(ApiKeyId id) {
        return NOT_FOUND.because("There is no API key %s.".formatted(id));
    }

    private static void requireScopes(Actor actor, NewApiKey wanted) {
        var beyond = wanted.scopes().stream()
                .filter(scope -> !actor.scopes().contains(scope))
                .map(Scope::wireName)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!beyond.isEmpty()) {
            throw SCOPE_MISSING.at(
                    "/scopes", "A key makes no key with scopes that it lacks itself: %s.".formatted(beyond));
        }
    }

    /** Who makes a key, as far as it binds the key. A member is bound by the scopes of their role alone. */
    private record Maker(
            Tenant tenant,
            @Nullable AgentId agent,
            AddressBlocks allowedAddresses,
            AccountBounds bounds,
            @Nullable Instant expiresAt,
            @Nullable Rate rate) {}

    private Maker maker(Actor actor) {
        return switch (actor.caller()) {
            case Caller.ByKey(var id) -> {
                var key = existing(actor, id);
                yield new Maker(key.tenant(), key.agent(), key.allowedAddresses(), key.bounds(), key.expiresAt(), key.rate());
            }
            case Caller.ByMember member -> new Maker(actor.tenant(), null, AddressBlocks.NONE, actor.bounds(), null, null);
        };
    }

    /** What is wanted, with the maker's bounds where it asks for none of its own. */
    private NewApiKey within(Maker maker, NewApiKey wanted) {
        return new NewApiKey(
                wanted.name(),
                wanted.scopes(),
                agent(maker, wanted),
                wanted.allowedAddresses().isEmpty() ? maker.allowedAddresses() : addresses(maker, wanted),
                bounds(maker, wanted),
                expiry(maker, wanted),
                rate(maker, wanted),
                wanted.metadata());
    }

    private @Nullable AgentId agent(Maker maker, NewApiKey wanted) {
        var agent = wanted.agent();
        if (maker.agent() != null) {
            if (agent != null && !agent.equals(maker.agent())) {
                throw INVALID_PARAMETER.at(
                        "/agent_id", "A key of agent %s makes keys of that agent only.".formatted(maker.agent()));
            }
            return maker.agent();
        }
        if (agent != null
                && !queries.isEnabled(maker.tenant().workspace(), agent)
                        .orElseThrow(() -> NOT_FOUND.at("/agent_id", "There is no agent %s.".formatted(agent)))) {
            throw AGENT_DISABLED.at("/agent_id", "Agent %s is disabled; enable it first.".formatted(agent));
        }
        return agent;
    }

    private static AddressBlocks addresses(Maker maker, NewApiKey wanted) {
        if (!maker.allowedAddresses().isEmpty() && !wanted.allowedAddresses().isWithin(maker.allowedAddresses())) {
            throw INVALID_PARAMETER.at(
                    "/allowed_addresses",
                    "The key that makes it may be used from %s only, and the new one from no other address."
                            .formatted(
                                    String.join(", ", maker.allowedAddresses().texts())));
        }
        return wanted.allowedAddresses();
    }

    private AccountBounds bounds(Maker maker, NewApiKey wanted) {
        if (!(wanted.bounds() instanceof Within within)) {
            return maker.bounds();
        }
        requireBoundable(wanted.scopes());
        var accounts = queries.seenAccounts(maker.tenant(), within.accounts());
        within.accounts().stream()
                .filter(id -> !accounts.contains(id))
                .findFirst()
                .ifPresent(id -> {
                    throw NOT_FOUND.at(
                            "/account_ids", "There is no account %s in this workspace and mode.".formatted(id));
                });
        var groups = queries.seenGroups(maker.tenant(), within.groups());
        within.groups().stream().filter(id -> !groups.contains(id)).findFirst().ifPresent(id -> {
            throw NOT_FOUND.at(
                    "/account_group_ids", "There is no account group %s in this workspace and mode.".formatted(id));
        });
        if (!within.areWithin(maker.bounds())) {
            throw INVALID_PARAMETER.at(
                    "/account_ids",
                    "The key that makes it reaches some of these accounts by their group, and only as long as they are in it; name the group in account_group_ids instead.");
        }
        return within;
    }

    private static void requireBoundable(Set<Scope> scopes) {
        var objections = scopes.stream()
                .sorted()
                .flatMap(scope ->
                        BoundScopes.objection(scope).map(why -> "%s (%s)".formatted(scope.wireName(), why)).stream())
                .collect(Collectors.joining(", "));
        if (!objections.isEmpty()) {
            throw INVALID_PARAMETER.at(
                    "/scopes",
                    "A key that is bound to accounts cannot have scopes that reach beyond them: %s. Leave these out, or leave out account_ids and account_group_ids."
                            .formatted(objections));
        }
    }

    private @Nullable Instant expiry(Maker maker, NewApiKey wanted) {
        var latest = maker.expiresAt();
        var expiry = Optional.ofNullable(wanted.expiresAt()).orElse(latest);
        if (expiry == null) {
            return null;
        }
        if (queries.isPast(expiry)) {
            throw INVALID_PARAMETER.at("/expires_at", "%s has passed; choose a time ahead.".formatted(expiry));
        }
        if (latest != null && expiry.isAfter(latest)) {
            throw INVALID_PARAMETER.at(
                    "/expires_at", "The key that makes it expires at %s, and the new one no later.".formatted(latest));
        }
        return expiry;
    }

    private static @Nullable Rate rate(Maker maker, NewApiKey wanted) {
        var most = maker.rate();
        var rate = Optional.ofNullable(wanted.rate()).orElse(most);
        if (rate != null && most != null && !rate.isWithin(most)) {
            throw INVALID_PARAMETER.at(
                    "/rate_limit",
                    "The key that makes it may send %s, and the new one no more, neither at once nor in the long run."
                            .formatted(most));
        }
        return rate;
    }

    private static void requireAlive(ApiKey key) {
        switch (key.status()) {
            case REVOKED -> throw API_KEY_REVOKED.because("Key %s was revoked; make a new one.".formatted(key.id()));
            case EXPIRED -> throw API_KEY_EXPIRED.because("Key %s has expired; make a new one.".formatted(key.id()));
            case ACTIVE, DISABLED -> {
                // One whose agent is disabled lets nobody in before that is enabled, whatever its secret.
            }
        }
    }

    /** Who rotates a key can use it, and may come to nothing by that. */
    private void requireWithin(Actor actor, ApiKey key) {
        if (key.id().equals(actor.caller().keyOrNull())) {
            return;
        }
        var rotator = maker(actor);
        requireScopes(
                actor,
                new NewApiKey(
                        key.name(),
                        key.scopes(),
                        null,
                        key.allowedAddresses(),
                        key.bounds(),
                        key.expiresAt(),
                        key.rate(),
                        key.metadata()));
        boolean sameAgent = rotator.agent() == null || rotator.agent().equals(key.agent());
        boolean expiresNoLater = rotator.expiresAt() == null
                || (key.expiresAt() != null && !key.expiresAt().isAfter(rotator.expiresAt()));
        boolean fromNowhereElse = rotator.allowedAddresses().isEmpty()
                || (!key.allowedAddresses().isEmpty() && key.allowedAddresses().isWithin(rotator.allowedAddresses()));
        boolean noFaster =
                rotator.rate() == null || (key.rate() != null && key.rate().isWithin(rotator.rate()));
        boolean reachesNoMore = key.bounds().areWithin(rotator.bounds());
        if (!sameAgent || !expiresNoLater || !fromNowhereElse || !noFaster || !reachesNoMore) {
            throw SCOPE_MISSING.because(
                    "Key %s is bound by less than the key of this request (agent, expiry, addresses, rate, accounts), which therefore may not rotate it."
                            .formatted(key.id()));
        }
    }
}
