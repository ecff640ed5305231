package dev.carillon.connectors;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;

/** Always the same moment. */
public record StoppedClocks(Instant moment) implements Clocks {
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    public static StoppedClocks atNoon() {
        return new StoppedClocks(NOON);
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
