package dev.carillon.api.account;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;

/**
 * Changes to an account.
 *
 * @param accountGroupId the group to move the account to
 */
@Wire
@Schema(requiredProperties = CreateAccountRequest.GROUP)
record ChangeAccountRequest(String accountGroupId) {
    static AccountGroupId read(JsonObject body) {
        body.only(Set.of(CreateAccountRequest.GROUP));
        var group = body.id(CreateAccountRequest.GROUP, AccountGroupId.KIND);
        if (group == null) {
            throw body.invalid(CreateAccountRequest.GROUP, "account_group_id is required; send an id such as grp_....");
        }
        return group;
    }
}
