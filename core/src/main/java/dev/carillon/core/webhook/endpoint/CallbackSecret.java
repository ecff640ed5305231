package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public details of the secret that signs a workspace's callbacks in one mode.
 *
 * @param previousUntil database time until which callbacks are also signed with the previous secret; null if they are
 *     not
 * @param createdAt database time, like {@code rotatedAt}
 * @param rotatedAt null if it was never rotated
 */
public record CallbackSecret(
        Tenant tenant,
        @Nullable Instant previousUntil,
        Instant createdAt,
        @Nullable Instant rotatedAt) {}
