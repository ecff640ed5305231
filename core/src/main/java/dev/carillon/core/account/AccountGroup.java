package dev.carillon.core.account;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Tenant;
import java.time.Instant;
import java.util.Map;

/**
 * Accounts that belong together, for example those of one brand. Every account is in one group.
 *
 * @param isDefault whether accounts that name no group are put here; there is one default group, and it cannot be
 *     deleted
 * @param accounts number of its accounts that are not disconnected
 * @param createdAt database time, as is {@code updatedAt}
 */
public record AccountGroup(
        AccountGroupId id,
        Tenant tenant,
        String name,
        boolean isDefault,
        long accounts,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt) {
    public AccountGroup {
        metadata = Map.copyOf(metadata);
    }
}
