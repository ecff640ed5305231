package dev.carillon.core.apikey;

import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.AddressBlocks;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made, in the mode of who makes it.
 *
 * @param agent whose it is to be; null for the maker's agent, if the maker has one
 * @param allowedAddresses that it may be used from; empty for the maker's
 * @param bounds the accounts that it is to keep to; unbound for the maker's
 * @param expiresAt database time; null for the maker's
 * @param rate what it may send at most, over all that it does; null for the maker's
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
