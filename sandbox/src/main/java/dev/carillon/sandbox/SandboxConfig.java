package dev.carillon.sandbox;

import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox platform needs to start.
 *
 * @param port loopback port to listen on; 0 takes a free one
 * @param publicUrl where a person's browser reaches the platform, for permalinks; null if that is its loopback address
 * @param secret bearer token that its callers share, at least 16 characters
 * @param clock dates posts and lets permalinks expire
 */
public record SandboxConfig(int port, @Nullable URI publicUrl, Store store, String secret, Clock clock) {
    private static final int MIN_SECRET_LENGTH = 16;

    public SandboxConfig {
        if (secret.length() < MIN_SECRET_LENGTH) {
            throw new IllegalArgumentException(
                    "the sandbox's secret must have at least %d characters".formatted(MIN_SECRET_LENGTH));
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SandboxConfig[port=%d, publicUrl=%s, store=%s]".formatted(port, publicUrl, store);
    }

    /**
     * The migrated PostgreSQL database with the schema {@code sandbox}.
     *
     * @param user role {@code carillon_sandbox}, which has no rights outside the schema
     * @param poolSize the most connections held at a time
     */
    public record Store(String jdbcUrl, String user, String password, int poolSize) {
        /** Shows neither the password nor the address, which may contain one. */
        @Override
        public String toString() {
            return "Store[user=%s, poolSize=%d]".formatted(user, poolSize);
        }
    }
}
