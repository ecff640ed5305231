package dev.carillon.api.agent;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.agent.Agent;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named automation that owns keys, in both modes.
 *
 * @param object always {@code agent}
 * @param owner the person or team responsible for it
 * @param status enabled or disabled
 * @param disabledAt when it was disabled and its keys stopped working; null while it is enabled
 * @param keyCount the number of its keys in this mode that are neither revoked nor expired
 * @param lastActiveAt when one of its keys of this mode was last used, accurate to about half a minute
 */
@Wire
record AgentResponse(
        String id,
        String object,
        String name,
        @Nullable String owner,
        String status,
        @Nullable Instant disabledAt,
        long keyCount,
        @Nullable Instant lastActiveAt,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt) {

    static AgentResponse of(Agent agent) {
        return new AgentResponse(
                agent.id().toString(),
                "agent",
                agent.name(),
                agent.owner(),
                agent.isEnabled() ? "enabled" : "disabled",
                agent.disabledAt(),
                agent.keys(),
                agent.lastActiveAt(),
                Sorted.byKey(agent.metadata()),
                agent.createdAt(),
                agent.updatedAt());
    }
}
