package dev.carillon.core.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The editable fields of an agent. */
public record AgentDraft(String name, @Nullable String owner, Map<String, Object> metadata) {
    public AgentDraft {
        metadata = Map.copyOf(metadata);
    }
}
