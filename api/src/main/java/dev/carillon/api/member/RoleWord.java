package dev.carillon.api.member;

import dev.carillon.api.http.JsonObject;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.member.Role;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A role, as a request's body names it. */
final class RoleWord {
    static final String FIELD = "role";
    private static final int LONGEST = 20;

    private RoleWord() {}

    /** Throws {@code invalid_parameter} where it is left out or is none. */
    static Role read(JsonObject body) {
        return Role.named(body.requiredText(FIELD, LONGEST))
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        "/" + FIELD,
                        "role is one of %s."
                                .formatted(Arrays.stream(Role.values())
                                        .map(Role::wireName)
                                        .collect(Collectors.joining(", ")))));
    }
}
