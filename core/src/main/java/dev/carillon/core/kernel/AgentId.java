package dev.carillon.core.kernel;

import java.util.UUID;

/** A named automation that owns keys. */
public record AgentId(UUID value) implements Id {
    public static final IdKind<AgentId> KIND = IdKind.of("agt", AgentId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
