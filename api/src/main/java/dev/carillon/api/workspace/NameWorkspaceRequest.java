package dev.carillon.api.workspace;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/**
 * The name of a workspace.
 *
 * @param name 1 to 100 characters
 */
@Wire
record NameWorkspaceRequest(
        @Limits(least = 1, most = LONGEST_NAME)
        @Example("Acme")
        @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = LONGEST_NAME)
        String name) {
    static final int LONGEST_NAME = 100;

    /** The name, in one line. */
    String toName() {
        // Emails contain the name, on a line that it must not break.
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/name",
                    "name must be 1 to %d characters without line breaks or control characters."
                            .formatted(LONGEST_NAME));
        }
        return name;
    }
}
