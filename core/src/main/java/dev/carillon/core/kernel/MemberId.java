package dev.carillon.core.kernel;

import java.util.UUID;

/** A user in a workspace. */
public record MemberId(UUID value) implements Id {
    public static final IdKind<MemberId> KIND = IdKind.of("mem", MemberId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
