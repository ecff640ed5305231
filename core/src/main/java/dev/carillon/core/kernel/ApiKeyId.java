package dev.carillon.core.kernel;

import java.util.UUID;

/** An API key; never the secret. */
public record ApiKeyId(UUID value) implements Id {
    public static final IdKind<ApiKeyId> KIND = IdKind.of("key", ApiKeyId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
