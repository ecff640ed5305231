package dev.carillon.core.kernel;

import java.util.UUID;

/** One attempt to publish one publication. */
public record AttemptId(UUID value) implements Id {
    public static final IdKind<AttemptId> KIND = IdKind.of("att", AttemptId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
