package dev.carillon.core.account;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Tenant;
import java.time.Instant;
import java.util.Map;

/**
 * Accounts that belong together, for example those of one brand. Every account is in one group.
 *
 * @param isDefault whether accounts go there that name no group; there is one such group, and it stays
 * @param accounts how many there are in it that are not disconnected
 * @param createdAt database time, as is the other one
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
