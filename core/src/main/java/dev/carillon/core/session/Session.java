package dev.carillon.core.session;

import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that lives. All times are the database's.
 *
 * @param userAgent what the browser called itself when it signed in; null where it said nothing
 * @param address where it was last seen
 * @param lastSeenAt to about half a minute
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
