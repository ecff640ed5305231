package dev.carillon.core.kernel;

import java.util.UUID;

/** A platform command: an action other than publishing that a caller requests on a platform. Used internally only. */
public record PlatformCommandId(UUID value) implements Id {
    public static final IdKind<PlatformCommandId> KIND = IdKind.of("cmd", PlatformCommandId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
