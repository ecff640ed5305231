package dev.carillon.core.member;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.InvitationId;
import dev.carillon.core.user.EmailAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to become a member. All times are the database's.
 *
 * @param invitedBy the member or the key that asked for it
 * @param sentAt when its newest mail was asked for
 */
public record Invitation(
        InvitationId id,
        EmailAddress email,
        Role role,
        State state,
        @Nullable Id invitedBy,
        Instant createdAt,
        Instant sentAt,
        Instant expiresAt) {

    /** What became of it. */
    public enum State {
        OPEN,
        ACCEPTED,
        REVOKED,
        EXPIRED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
