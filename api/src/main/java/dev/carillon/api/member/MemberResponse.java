package dev.carillon.api.member;

import dev.carillon.api.session.UserView;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.member.Member;
import java.time.Instant;

/**
 * A member of a workspace.
 *
 * @param object always {@code member}
 * @param role owner, admin, editor or viewer
 */
@Wire
record MemberResponse(String id, String object, UserView user, String role, Instant createdAt, Instant updatedAt) {
    static MemberResponse of(Member member) {
        return new MemberResponse(
                member.id().toString(),
                "member",
                new UserView(member.user().toString(), member.email().text(), member.name()),
                member.role().wireName(),
                member.createdAt(),
                member.updatedAt());
    }
}
