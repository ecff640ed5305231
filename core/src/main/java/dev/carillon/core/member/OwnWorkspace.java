package dev.carillon.core.member;

import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as seen by a user who may belong to several.
 *
 * @param role the user's role there; null if the caller is a key
 */
public record OwnWorkspace(
        WorkspaceId id,
        String name,
        String plan,
        Instant createdAt,
        @Nullable Role role) {}
