package dev.carillon.core.apikey;

import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.address.AddressBlocks;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as its workspace sees it; only its holder knows the secret. All times are database time.
 *
 * @param lastFour the last characters of its secret, to tell keys apart
 * @param agent the agent that owns it; null if none does
 * @param allowedAddresses addresses from which it may be used; empty for all
 * @param bounds the accounts that it may reach
 * @param rate its own rate limit over all operations; null if it has none
 * @param createdBy the key or member that created it; null if the operator did
 * @param expiresAt null for never
 * @param lastUsedAt accurate to about half a minute
 */
public record ApiKey(
        ApiKeyId id,
        Tenant tenant,
        String name,
        String lastFour,
        Set<Scope> scopes,
        @Nullable AgentId agent,
        AddressBlocks allowedAddresses,
        AccountBounds bounds,
        @Nullable Rate rate,
        Map<String, Object> metadata,
        @Nullable Id createdBy,
        ApiKeyStatus status,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
        metadata = Map.copyOf(metadata);
    }
}
