package dev.carillon.core.kernel;

import java.util.UUID;

/** Something that a caller wants done on a platform beside publishing; stays inside. */
public record ErrandId(UUID value) implements Id {
    public static final IdKind<ErrandId> KIND = IdKind.of("errand", ErrandId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
