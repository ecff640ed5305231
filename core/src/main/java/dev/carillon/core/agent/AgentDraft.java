package dev.carillon.core.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent is called, and who answers for it. */
public record AgentDraft(String name, @Nullable String owner, Map<String, Object> metadata) {
    public AgentDraft {
        metadata = Map.copyOf(metadata);
    }
}
