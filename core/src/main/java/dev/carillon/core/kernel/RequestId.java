package dev.carillon.core.kernel;

import java.util.UUID;

/** One request to the API. */
public record RequestId(UUID value) implements Id {
    public static final IdKind<RequestId> KIND = IdKind.of("req", RequestId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
