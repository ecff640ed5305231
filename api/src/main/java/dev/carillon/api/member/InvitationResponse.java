package dev.carillon.api.member;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.member.Invitation;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An invitation into a workspace; its token stands in the mail alone. All times are real ones.
 *
 * @param object always {@code invitation}
 * @param role what the person becomes
 * @param status open, accepted, revoked or expired
 * @param invitedBy the member or the key that asked for it
 * @param sentAt when its newest mail was asked for
 */
@Wire
record InvitationResponse(
        String id,
        String object,
        String email,
        String role,
        String status,
        @Nullable String invitedBy,
        Instant createdAt,
        Instant sentAt,
        Instant expiresAt) {
    static InvitationResponse of(Invitation invitation) {
        return new InvitationResponse(
                invitation.id().toString(),
                "invitation",
                invitation.email().text(),
                invitation.role().wireName(),
                invitation.state().wireName(),
                Objects.toString(invitation.invitedBy(), null),
                invitation.createdAt(),
                invitation.sentAt(),
                invitation.expiresAt());
    }

    @Override
    public String toString() {
        return "InvitationResponse[" + id + "]";
    }
}
