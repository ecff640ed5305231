package dev.carillon.core.apikey;

import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.AddressBlocks;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as its workspace sees it; its secret is known to nobody but who holds it. All times are the database's.
 *
 * @param lastFour the last characters of its secret, to tell keys apart by
 * @param agent whose it is; null where it is no agent's
 * @param allowedAddresses that it may be used from; empty for all
 * @param bounds the accounts that it keeps to
 * @param rate what it may send at most, over all that it does; null where it has no rate of its own
 * @param createdBy the key or the member that made it; null where the operator did
 * @param expiresAt null for never
 * @param lastUsedAt to about half a minute
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
