package dev.carillon.api.session;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.session.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of your own sessions. All times are real time, not test-clock time.
 *
 * @param object always {@code session}
 * @param current whether this request was sent with it
 * @param userAgent the user agent of the browser at sign-in; null if it sent none
 * @param address the address that it was last used from
 * @param lastSeenAt accurate to about half a minute
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
