package dev.carillon.api.member;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.user.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Set;

/**
 * A person to invite.
 *
 * @param email the address that receives the invitation, and that the person must sign in with
 * @param role owner, admin, editor or viewer
 */
@Wire
record InviteRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = EmailAddress.LONGEST)
        String email,

        @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1)
        String role) {
    private static final String EMAIL = "email";

    /** The request, read and checked. */
    record Wanted(EmailAddress email, Role role) {}

    static Wanted read(JsonObject body) {
        body.only(Set.of(EMAIL, RoleWord.FIELD));
        var email = EmailAddress.read(body.requiredText(EMAIL, EmailAddress.LONGEST, "ada@example.org"))
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        "/" + EMAIL, "email must be an address such as ada@example.org, in ASCII characters."));
        return new Wanted(email, RoleWord.read(body));
    }

    @Override
    public String toString() {
        return "InviteRequest[hidden]";
    }
}
