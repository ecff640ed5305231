package dev.carillon.core.member;

import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace, as somebody sees it who may choose between several.
 *
 * @param role what they are there; null where a key asks
 */
public record OwnWorkspace(
        WorkspaceId id,
        String name,
        String plan,
        Instant createdAt,
        @Nullable Role role) {}
