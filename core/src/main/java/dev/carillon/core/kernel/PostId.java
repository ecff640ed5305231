package dev.carillon.core.kernel;

import java.util.UUID;

/** A post: what to publish, and its targets. */
public record PostId(UUID value) implements Id {
    public static final IdKind<PostId> KIND = IdKind.of("post", PostId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
