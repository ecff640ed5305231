package dev.carillon.api.signin;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.user.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Set;

/**
 * A person who wants to sign in.
 *
 * @param email the address that receives the link
 */
@Wire
record SignInLinkRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = EmailAddress.LONGEST)
        String email) {
    private static final String EMAIL = "email";

    static EmailAddress read(JsonObject body) {
        body.only(Set.of(EMAIL));
        return EmailAddress.read(body.requiredText(EMAIL, EmailAddress.LONGEST, "ada@example.org"))
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        "/" + EMAIL, "email must be an address such as ada@example.org, in ASCII characters."));
    }

    @Override
    public String toString() {
        return "SignInLinkRequest[hidden]";
    }
}
