package dev.carillon.api.workspace;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.member.OwnWorkspace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace, as somebody sees it who may choose between several.
 *
 * @param object always {@code workspace}
 * @param planId what it may do and pays
 * @param role what the person who asks is there; null where a key asks
 */
@Wire
record OwnWorkspaceResponse(
        String id,
        String object,
        String name,
        String planId,
        @Nullable String role,
        Instant createdAt) {

    static OwnWorkspaceResponse of(OwnWorkspace own) {
        var role = own.role();
        return new OwnWorkspaceResponse(
                own.id().toString(),
                "workspace",
                own.name(),
                own.plan(),
                role == null ? null : role.wireName(),
                own.createdAt());
    }
}
