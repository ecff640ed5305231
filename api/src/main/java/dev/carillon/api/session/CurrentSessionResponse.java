package dev.carillon.api.session;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.member.OwnWorkspace;
import dev.carillon.core.session.SignedIn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The signed-in person.
 *
 * @param object always {@code session}
 * @param csrfToken send it as {@code Carillon-CSRF} with each request of this session that changes something
 * @param workspaces the workspaces that the person is a member of; send the id of one as {@code Carillon-Workspace}
 * @param expiresAt when the session ends at the latest
 */
@Wire
public record CurrentSessionResponse(
        String id,
        String object,
        UserView user,
        String csrfToken,
        List<WorkspaceView> workspaces,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * A workspace to choose from.
     *
     * @param role owner, admin, editor or viewer
     */
    @Wire
    public record WorkspaceView(String id, String name, String role) {
        static WorkspaceView of(OwnWorkspace own) {
            return new WorkspaceView(
                    own.id().toString(),
                    own.name(),
                    Objects.requireNonNull(own.role()).wireName());
        }
    }

    static CurrentSessionResponse of(SignedIn signedIn, String csrfToken, List<OwnWorkspace> workspaces) {
        return new CurrentSessionResponse(
                signedIn.session().id().toString(),
                "session",
                UserView.of(signedIn.user()),
                csrfToken,
                workspaces.stream().map(WorkspaceView::of).toList(),
                signedIn.session().createdAt(),
                signedIn.session().expiresAt());
    }

    /** Shows only the id, to keep personal data out of logs. */
    @Override
    public String toString() {
        return id;
    }
}
