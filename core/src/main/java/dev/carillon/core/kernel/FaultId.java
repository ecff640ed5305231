package dev.carillon.core.kernel;

import java.util.UUID;

/** A fault that a workspace requested from the sandbox platform. */
public record FaultId(UUID value) implements Id {
    public static final IdKind<FaultId> KIND = IdKind.of("flt", FaultId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
