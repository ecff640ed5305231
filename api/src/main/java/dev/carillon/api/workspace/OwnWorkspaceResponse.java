package dev.carillon.api.workspace;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.member.OwnWorkspace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace that the caller has access to.
 *
 * @param object always {@code workspace}
 * @param planId the plan, which sets its limits and prices
 * @param role the caller's role in the workspace; null for a key
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
