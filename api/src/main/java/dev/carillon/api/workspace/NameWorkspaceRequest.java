package dev.carillon.api.workspace;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Set;

/**
 * The name of a workspace.
 *
 * @param name 1 to 100 characters
 */
@Wire
record NameWorkspaceRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = LONGEST_NAME)
        String name) {
    private static final String NAME = "name";
    static final int LONGEST_NAME = 100;

    static String read(JsonObject body) {
        body.only(Set.of(NAME));
        var name = body.requiredText(NAME, LONGEST_NAME, "Acme");
        // Emails contain the name, on a line that it must not break.
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw body.invalid(
                    NAME,
                    "name must be 1 to %d characters without line breaks or control characters."
                            .formatted(LONGEST_NAME));
        }
        return name;
    }
}
