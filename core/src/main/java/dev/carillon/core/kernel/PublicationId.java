package dev.carillon.core.kernel;

import java.util.UUID;

/** A post on one account: the unit of scheduling, state, publishing and metering. */
public record PublicationId(UUID value) implements Id {
    public static final IdKind<PublicationId> KIND = IdKind.of("pub", PublicationId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
