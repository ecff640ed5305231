package dev.carillon.core.kernel;

import java.time.Instant;
import java.util.UUID;

/** An immutable fact, written in the transaction that made it true. */
public record EventId(UUID value) implements Id {
    public static final IdKind<EventId> KIND = IdKind.of("evt", EventId::new);

    /** When it was recorded, in real time to the millisecond. */
    public Instant recordedAt() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> Short.SIZE);
    }

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
