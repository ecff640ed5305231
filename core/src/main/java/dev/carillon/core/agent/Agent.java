package dev.carillon.core.agent;

import dev.carillon.core.kernel.AgentId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An automation of a workspace, in both modes. All times are the database's.
 *
 * @param owner who answers for it, in words for people
 * @param disabledAt since when none of its keys lets anybody in; null while they do
 * @param keys how many of the reader's mode it has that are neither revoked nor expired
 * @param lastActiveAt when one of its keys of the reader's mode was last used, to about half a minute
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
