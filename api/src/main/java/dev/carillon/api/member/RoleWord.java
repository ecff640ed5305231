package dev.carillon.api.member;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads a role from a request's body. */
final class RoleWord {
    static final String FIELD = "role";
    private static final int LONGEST = 20;

    private RoleWord() {}

    /** Throws {@code invalid_parameter} if the role is missing or unknown. */
    static Role read(JsonObject body) {
        return Role.named(body.requiredText(FIELD, LONGEST, "editor"))
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        "/" + FIELD,
                        "role must be one of %s."
                                .formatted(Arrays.stream(Role.values())
                                        .map(Role::wireName)
                                        .collect(Collectors.joining(", ")))));
    }
}
