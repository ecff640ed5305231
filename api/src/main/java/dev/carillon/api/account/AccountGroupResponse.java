package dev.carillon.api.account;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.account.AccountGroup;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.Map;

/**
 * Accounts that belong together.
 *
 * @param object always {@code account_group}
 * @param isDefault whether new accounts without a group go into this group
 * @param accountCount the number of its accounts that are not disconnected
 */
@Wire
public record AccountGroupResponse(
        String id,
        String object,
        String name,
        boolean isDefault,
        long accountCount,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt,
        Instant updatedAt) {

    static AccountGroupResponse of(AccountGroup group) {
        return new AccountGroupResponse(
                group.id().toString(),
                "account_group",
                group.name(),
                group.isDefault(),
                group.accounts(),
                Sorted.byKey(group.metadata()),
                group.tenant().mode().livemode(),
                group.createdAt(),
                group.updatedAt());
    }
}
