package dev.carillon.core.member;

import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.InvitationId;
import dev.carillon.core.user.EmailAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to become a member. All times are database time.
 *
 * @param invitedBy the member or the key that created it
 * @param sentAt when its newest mail was requested
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

    /** The state of the invitation. */
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
