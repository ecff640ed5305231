package dev.carillon.core.apikey;

import static dev.carillon.core.kernel.ErrorCode.AGENT_DISABLED;
import static dev.carillon.core.kernel.ErrorCode.INVALID_PARAMETER;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.SCOPE_MISSING;

import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.AccountBounds.Within;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.address.AddressBlocks;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps keys within the rights of the callers that create or rotate them. */
@Singleton
final class KeyDelegationPolicy {
    private final ApiKeyQueries queries;

    KeyDelegationPolicy(ApiKeyQueries queries) {
        this.queries = queries;
    }

    /**
     * The requested key, with the creator's limits where it names none; joins the open transaction.
     *
     * @throws ApiException as {@link WorkspaceApiKeys#create}
     */
    NewApiKey within(Actor actor, NewApiKey wanted) {
        requireScopes(actor, wanted.scopes());
        var creator = creator(actor);
        return new NewApiKey(
                wanted.name(),
                wanted.scopes(),
                agent(creator, wanted),
                wanted.allowedAddresses().isEmpty() ? creator.allowedAddresses() : addresses(creator, wanted),
                bounds(creator, wanted),
                expiry(creator, wanted),
                rate(creator, wanted),
                wanted.metadata());
    }

    /**
     * A caller that rotates a key can use it, so the key must grant nothing beyond the caller's rights; joins the open
     * transaction.
     *
     * @throws ApiException {@code scope_missing}
     */
    void requireWithin(Actor actor, ApiKey key) {
        if (key.id().equals(actor.caller().keyOrNull())) {
            return;
        }
        var rotator = creator(actor);
        requireScopes(actor, key.scopes());
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
                    "Your key cannot rotate %s, which is less restricted (agent, expiry, addresses, rate, accounts). Use a less restricted key."
                            .formatted(key.id()));
        }
    }

    private static void requireScopes(Actor actor, Set<Scope> wanted) {
        var beyond = actor.lacking(wanted);
        if (!beyond.isEmpty()) {
            throw SCOPE_MISSING.at(
                    "/scopes", "You cannot create or rotate a key with scopes that you lack: %s.".formatted(beyond));
        }
    }

    /** The properties of the creator that limit the new key. A member is limited by the scopes of their role alone. */
    private record Creator(
            Tenant tenant,
            @Nullable AgentId agent,
            AddressBlocks allowedAddresses,
            AccountBounds bounds,
            @Nullable Instant expiresAt,
            @Nullable Rate rate) {}

    private Creator creator(Actor actor) {
        return switch (actor.caller()) {
            case Caller.ByKey(var id) -> {
                var key = queries.find(actor, id).orElseThrow();
                yield new Creator(
                        key.tenant(), key.agent(), key.allowedAddresses(), key.bounds(), key.expiresAt(), key.rate());
            }
            case Caller.ByMember member ->
                new Creator(actor.tenant(), null, AddressBlocks.NONE, actor.bounds(), null, null);
        };
    }

    private @Nullable AgentId agent(Creator creator, NewApiKey wanted) {
        var agent = wanted.agent();
        if (creator.agent() != null) {
            if (agent != null && !agent.equals(creator.agent())) {
                throw INVALID_PARAMETER.at(
                        "/agent_id",
                        "A key of agent %s can create keys for that agent only.".formatted(creator.agent()));
            }
            return creator.agent();
        }
        if (agent != null
                && !queries.isEnabled(creator.tenant().workspace(), agent)
                        .orElseThrow(() -> NOT_FOUND.at("/agent_id", "There is no agent %s.".formatted(agent)))) {
            throw AGENT_DISABLED.at("/agent_id", "Agent %s is disabled; enable it first.".formatted(agent));
        }
        return agent;
    }

    private static AddressBlocks addresses(Creator creator, NewApiKey wanted) {
        if (!creator.allowedAddresses().isEmpty() && !wanted.allowedAddresses().isWithin(creator.allowedAddresses())) {
            throw INVALID_PARAMETER.at(
                    "/allowed_addresses",
                    "Your key allows only %s; the new key cannot allow other addresses."
                            .formatted(
                                    String.join(", ", creator.allowedAddresses().texts())));
        }
        return wanted.allowedAddresses();
    }

    private AccountBounds bounds(Creator creator, NewApiKey wanted) {
        if (!(wanted.bounds() instanceof Within within)) {
            return creator.bounds();
        }
        requireBoundable(wanted.scopes());
        var accounts = queries.seenAccounts(creator.tenant(), within.accounts());
        within.accounts().stream()
                .filter(id -> !accounts.contains(id))
                .findFirst()
                .ifPresent(id -> {
                    throw NOT_FOUND.at(
                            "/account_ids", "There is no account %s in this workspace and mode.".formatted(id));
                });
        var groups = queries.seenGroups(creator.tenant(), within.groups());
        within.groups().stream().filter(id -> !groups.contains(id)).findFirst().ifPresent(id -> {
            throw NOT_FOUND.at(
                    "/account_group_ids", "There is no account group %s in this workspace and mode.".formatted(id));
        });
        if (!within.areWithin(creator.bounds())) {
            throw INVALID_PARAMETER.at(
                    "/account_ids",
                    "Your key reaches some of these accounts only through their group; name the group in account_group_ids instead.");
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
                    "A key that is bound to accounts cannot have these scopes: %s. Remove them, or account_ids and account_group_ids."
                            .formatted(objections));
        }
    }

    private @Nullable Instant expiry(Creator creator, NewApiKey wanted) {
        var latest = creator.expiresAt();
        var expiry = Optional.ofNullable(wanted.expiresAt()).orElse(latest);
        if (expiry == null) {
            return null;
        }
        if (queries.isPast(expiry)) {
            throw INVALID_PARAMETER.at(
                    "/expires_at",
                    "expires_at is %s, which has passed; choose a time in the future.".formatted(expiry));
        }
        if (latest != null && expiry.isAfter(latest)) {
            throw INVALID_PARAMETER.at(
                    "/expires_at", "Your key expires at %s; the new key cannot expire later.".formatted(latest));
        }
        return expiry;
    }

    private static @Nullable Rate rate(Creator creator, NewApiKey wanted) {
        var most = creator.rate();
        var rate = Optional.ofNullable(wanted.rate()).orElse(most);
        if (rate != null && most != null && !rate.isWithin(most)) {
            throw INVALID_PARAMETER.at(
                    "/rate_limit",
                    "Your key may send %s; the new key cannot have a larger burst or a higher rate.".formatted(most));
        }
        return rate;
    }
}
