package dev.carillon.core.account;

import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Platform;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One identity on one platform, connected to a workspace.
 *
 * @param externalId the account's permanent id on the platform
 * @param serviceUrl the account's server, on platforms with many servers
 * @param accessExpiresAt business time at which access to it expires; null if unknown or never
 */
public record Account(
        AccountId id,
        Tenant tenant,
        Platform platform,
        String externalId,
        AccountGroupId group,
        String username,
        @Nullable String displayName,
        @Nullable String serviceUrl,
        AccountStatus status,
        @Nullable String statusReason,
        @Nullable Instant accessExpiresAt,
        Map<String, Object> metadata,
        Instant createdAt) {
    public Account {
        metadata = Map.copyOf(metadata);
    }

    public ConnectedAccount connected() {
        return new ConnectedAccount(
                tenant.workspace(), tenant.mode(), id, platform, externalId, username, serviceUrl, accessExpiresAt);
    }

    AccountPayload payload() {
        return new AccountPayload(
                id.toString(),
                "account",
                platform.wireName(),
                username,
                status.wireName(),
                statusReason,
                tenant.mode().livemode(),
                createdAt);
    }
}
