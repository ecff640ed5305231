package dev.carillon.core.apikey;

import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.address.AddressBlocks;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be created, in its creator's mode.
 *
 * @param agent the agent that will own it; null for the creator's agent, if it has one
 * @param allowedAddresses addresses from which it may be used; empty for the creator's
 * @param bounds the accounts that it may reach; unbound for the creator's
 * @param expiresAt database time; null for the creator's
 * @param rate its rate limit over all operations; null for the creator's
 */
public record NewApiKey(
        String name,
        Set<Scope> scopes,
        @Nullable AgentId agent,
        AddressBlocks allowedAddresses,
        AccountBounds bounds,
        @Nullable Instant expiresAt,
        @Nullable Rate rate,
        Map<String, Object> metadata) {
    public NewApiKey {
        scopes = Set.copyOf(scopes);
        metadata = Map.copyOf(metadata);
    }
}
