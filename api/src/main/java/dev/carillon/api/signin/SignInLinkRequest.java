package dev.carillon.api.signin;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.user.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/**
 * A person who wants to sign in.
 *
 * @param email the address that receives the link
 */
@Wire
record SignInLinkRequest(
        @Limits(least = 1, most = EmailAddress.LONGEST)
        @Example("ada@example.org")
        @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = EmailAddress.LONGEST)
        String email) {
    EmailAddress toAddress() {
        return EmailAddress.read(email)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        "/email", "email must be an address such as ada@example.org, in ASCII characters."));
    }

    @Override
    public String toString() {
        return "SignInLinkRequest[hidden]";
    }
}
