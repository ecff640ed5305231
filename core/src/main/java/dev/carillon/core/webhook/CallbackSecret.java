package dev.carillon.core.webhook;

import dev.carillon.core.kernel.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of the secret that a workspace's callbacks are signed with in one mode.
 *
 * @param previousUntil database time until which they are signed with the secret before as well; null when they are not
 * @param createdAt database time, likewise {@code rotatedAt}
 * @param rotatedAt null before it was rotated
 */
public record CallbackSecret(
        Tenant tenant,
        @Nullable Instant previousUntil,
        Instant createdAt,
        @Nullable Instant rotatedAt) {}
