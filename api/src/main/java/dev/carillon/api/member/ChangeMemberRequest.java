package dev.carillon.api.member;

import dev.carillon.api.input.ReadAs;
import dev.carillon.api.input.Words;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/**
 * Changes to a member.
 *
 * @param role owner, admin, editor or viewer
 */
@Wire
record ChangeMemberRequest(
        @ReadAs(Role.class) @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1)
        String role) {
    Role toRole() {
        return Words.named(Role.class, role);
    }
}
