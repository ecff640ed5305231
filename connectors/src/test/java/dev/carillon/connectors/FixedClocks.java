package dev.carillon.connectors;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;

/** Business time that never changes. */
public record FixedClocks(Instant moment) implements Clocks {
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    public static FixedClocks atNoon() {
        return new FixedClocks(NOON);
    }

    @Override
    public Instant now(WorkspaceId workspace, Mode mode) {
        return moment;
    }

    @Override
    public Instant now() {
        return moment;
    }
}
