package dev.carillon.api.session;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.session.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of one's own sessions. All times are real ones.
 *
 * @param object always {@code session}
 * @param current whether the request came with it
 * @param userAgent what the browser called itself when it signed in; null where it said nothing
 * @param address where it was last seen
 * @param lastSeenAt to about half a minute
 * @param expiresAt when it ends at the latest
 */
@Wire
record SessionResponse(
        String id,
        String object,
        boolean current,
        @Nullable String userAgent,
        String address,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {

    static SessionResponse of(Session session, boolean current) {
        return new SessionResponse(
                session.id().toString(),
                "session",
                current,
                session.userAgent(),
                session.address(),
                session.createdAt(),
                session.lastSeenAt(),
                session.expiresAt());
    }
}
