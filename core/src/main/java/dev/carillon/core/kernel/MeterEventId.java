package dev.carillon.core.kernel;

import java.util.UUID;

/** One billable event. */
public record MeterEventId(UUID value) implements Id {
    public static final IdKind<MeterEventId> KIND = IdKind.of("mtr", MeterEventId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
