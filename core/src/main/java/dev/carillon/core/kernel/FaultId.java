package dev.carillon.core.kernel;

import java.util.UUID;

/** Trouble that a workspace asked the sandbox platform for. */
public record FaultId(UUID value) implements Id {
    public static final IdKind<FaultId> KIND = IdKind.of("flt", FaultId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
