package dev.carillon.core.kernel;

import java.util.UUID;

/** An immutable fact, written in the transaction that made it true. */
public record EventId(UUID value) implements Id {
    public static final IdKind<EventId> KIND = IdKind.of("evt", EventId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
