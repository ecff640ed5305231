package dev.carillon.api.member;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.member.Invitation;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to a workspace. Its token appears only in the email. All times are real time, not test-clock time.
 *
 * @param object always {@code invitation}
 * @param role the role that the person gets
 * @param status open, accepted, revoked or expired
 * @param invitedBy the member or the key that requested it
 * @param sentAt when its newest email was requested
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
