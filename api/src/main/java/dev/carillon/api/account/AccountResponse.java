package dev.carillon.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.api.input.Sorted;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountGroup;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One identity on one platform, connected to the workspace. Its tokens are never shown.
 *
 * @param object always {@code account}
 * @param externalId the platform's permanent id of this identity
 * @param serviceUrl the server where the account lives, on platforms with many servers
 * @param accountGroupId the group that the account is in
 * @param accountGroup the group in full; only with {@code expand[]=account_group}
 * @param status active, needs_reauth or disconnected
 * @param statusReason why the account is not active
 * @param accessExpiresAt when access to the account ends; null if that is unknown or never
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AccountGroupResponse accountGroup,
        String status,
        @Nullable String statusReason,
        @Nullable Instant accessExpiresAt,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt) {

    static AccountResponse of(Account account) {
        return of(account, Map.of());
    }

    /** Shows the group in full if the map contains it. */
    static AccountResponse of(Account account, Map<AccountGroupId, AccountGroup> inFull) {
        var group = inFull.get(account.group());
        return new AccountResponse(
                account.id().toString(),
                "account",
                account.platform().wireName(),
                account.externalId(),
                account.username(),
                account.displayName(),
                account.serviceUrl(),
                account.group().toString(),
                group == null ? null : AccountGroupResponse.of(group),
                account.status().wireName(),
                account.statusReason(),
                account.accessExpiresAt(),
                Sorted.byKey(account.metadata()),
                account.tenant().mode().livemode(),
                account.createdAt());
    }
}
