package dev.carillon.api.member;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.ReadAs;
import dev.carillon.api.input.Words;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.user.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/**
 * A person to invite.
 *
 * @param email the address that receives the invitation, and that the person must sign in with
 * @param role owner, admin, editor or viewer
 */
@Wire
record InviteRequest(
        @Limits(least = 1, most = EmailAddress.LONGEST)
        @Example("ada@example.org")
        @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = EmailAddress.LONGEST)
        String email,

        @ReadAs(Role.class) @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1)
        String role) {
    /** The request, read and checked. */
    record Wanted(EmailAddress email, Role role) {}

    Wanted toWanted() {
        var address = EmailAddress.read(email)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        "/email", "email must be an address such as ada@example.org, in ASCII characters."));
        return new Wanted(address, Words.named(Role.class, role));
    }

    @Override
    public String toString() {
        return "InviteRequest[hidden]";
    }
}
