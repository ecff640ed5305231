package dev.carillon.api.member;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Set;

/**
 * Changes to a member.
 *
 * @param role owner, admin, editor or viewer
 */
@Wire
record ChangeMemberRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1)
        String role) {

    static Role read(JsonObject body) {
        return RoleWord.read(body.only(Set.of(RoleWord.FIELD)));
    }
}
