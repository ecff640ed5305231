package dev.carillon.core.kernel;

import java.util.UUID;

/** A workspace: the tenant. */
public record WorkspaceId(UUID value) implements Id {
    public static final IdKind<WorkspaceId> KIND = IdKind.of("ws", WorkspaceId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
