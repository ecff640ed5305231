package dev.carillon.core.session;

import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An active sign-in. All times are database time.
 *
 * @param userAgent the browser's User-Agent at sign-in; null if it sent none
 * @param address network address of its last use
 * @param lastSeenAt accurate to about half a minute
 * @param expiresAt when it ends at the latest
 */
public record Session(
        SessionId id,
        UserId user,
        @Nullable String userAgent,
        String address,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {}
