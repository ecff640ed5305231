package dev.carillon.core.kernel;

import java.util.UUID;

/** A clock that a workspace controls in test mode. */
public record TestClockId(UUID value) implements Id {
    public static final IdKind<TestClockId> KIND = IdKind.of("clk", TestClockId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
