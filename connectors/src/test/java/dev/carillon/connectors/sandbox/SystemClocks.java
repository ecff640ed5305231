package dev.carillon.connectors.sandbox;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Clock;
import java.time.Instant;

/** The machine's clock, which the sandbox platform uses too. */
final class SystemClocks implements Clocks {
    @Override
    public Instant now(WorkspaceId workspace, Mode mode) {
        return now();
    }

    @Override
    public Instant now() {
        return Clock.systemUTC().instant();
    }
}
