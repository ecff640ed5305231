package dev.carillon.core.kernel;

import java.util.UUID;

/** A person who signs in. Users belong to no workspace, and may be members of several. */
public record UserId(UUID value) implements Id {
    public static final IdKind<UserId> KIND = IdKind.of("usr", UserId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
