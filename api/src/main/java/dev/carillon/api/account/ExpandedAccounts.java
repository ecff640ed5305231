package dev.carillon.api.account;

import dev.carillon.core.kernel.AccountId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts that a reply shows in full, by id. */
public record ExpandedAccounts(Map<AccountId, AccountResponse> byId) {
    public static final ExpandedAccounts NONE = new ExpandedAccounts(Map.of());

    public ExpandedAccounts {
        byId = Map.copyOf(byId);
    }

    /** The account; null if the reply does not show it in full. */
    public @Nullable AccountResponse find(AccountId id) {
        return byId.get(id);
    }
}
