package dev.carillon.core.agent;

import dev.carillon.core.kernel.AgentId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An automation of a workspace, in both modes. All times are database time.
 *
 * @param owner who is responsible for it, as free text
 * @param disabledAt when the agent and all its keys were disabled; null while enabled
 * @param keys number of its keys in the reader's mode that are neither revoked nor expired
 * @param lastActiveAt when one of its keys in the reader's mode was last used, accurate to about half a minute
 */
public record Agent(
        AgentId id,
        String name,
        @Nullable String owner,
        @Nullable Instant disabledAt,
        long keys,
        @Nullable Instant lastActiveAt,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt) {
    public Agent {
        metadata = Map.copyOf(metadata);
    }

    public boolean isEnabled() {
        return disabledAt == null;
    }
}
