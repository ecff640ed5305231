package dev.carillon.core.kernel;

import java.util.UUID;

/** One sign-in of a user in one browser. It is not a secret: a signed token that contains it opens the session. */
public record SessionId(UUID value) implements Id {
    public static final IdKind<SessionId> KIND = IdKind.of("ses", SessionId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
