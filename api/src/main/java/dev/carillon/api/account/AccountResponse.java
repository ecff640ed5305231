package dev.carillon.api.account;

import dev.carillon.core.account.Account;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One identity on one platform, connected to the workspace. Its tokens are never shown.
 *
 * @param object always {@code account}
 * @param externalId who this is on the platform for good
 * @param serviceUrl where the account lives, on platforms of many servers
 * @param accountGroupId the group that it belongs to
 * @param status active, needs_reauth or disconnected
 * @param statusReason why it is not active
 * @param accessExpiresAt when access to it ends; null where that is not known, or never
 */
@Wire
public record AccountResponse(
        String id,
        String object,
        String platform,
        String externalId,
        String username,
        @Nullable String displayName,
        @Nullable String serviceUrl,
        String accountGroupId,
        String status,
        @Nullable String statusReason,
        @Nullable Instant accessExpiresAt,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt) {

    static AccountResponse of(Account account) {
        return new AccountResponse(
                account.id().toString(),
                "account",
                account.platform().wireName(),
                account.externalId(),
                account.username(),
                account.displayName(),
                account.serviceUrl(),
                account.group().toString(),
                account.status().wireName(),
                account.statusReason(),
                account.accessExpiresAt(),
                account.metadata(),
                account.tenant().mode().livemode(),
                account.createdAt());
    }
}
