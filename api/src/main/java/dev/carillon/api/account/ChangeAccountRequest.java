package dev.carillon.api.account;

import dev.carillon.api.input.ReadAs;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Changes to an account.
 *
 * @param accountGroupId the group to move the account to
 */
@Wire
@Schema(requiredProperties = "account_group_id")
record ChangeAccountRequest(@ReadAs(AccountGroupId.class) String accountGroupId) {
    AccountGroupId toGroup() {
        return AccountGroupId.KIND.read(accountGroupId).orElseThrow();
    }
}
