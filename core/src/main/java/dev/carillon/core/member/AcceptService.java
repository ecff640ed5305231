package dev.carillon.core.member;

import static dev.carillon.core.kernel.ErrorCode.INVITATION_FOR_ANOTHER;
import static dev.carillon.core.kernel.ErrorCode.INVITATION_INVALID;

import dev.carillon.core.auth.Role;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.member.Invitation.State;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.session.SignedIn;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;

/** Makes an invited user a member after they sign in with the invited address. */
@Singleton
public class AcceptService {
    private final Transactions transactions;
    private final InvitationQueries queries;
    private final MemberService members;
    private final WorkspaceService workspaces;

    AcceptService(
            Transactions transactions, InvitationQueries queries, MemberService members, WorkspaceService workspaces) {
        this.transactions = transactions;
        this.queries = queries;
        this.members = members;
        this.workspaces = workspaces;
    }

    /** The workspace in which the user is now a member. */
    public record Accepted(OwnWorkspace workspace, Member member) {}

    /**
     * Accepts an invitation, which uses it up.
     *
     * @throws ApiException {@code invitation_invalid}; {@code invitation_for_another} and {@code already_member}, which
     *     leave the invitation unchanged
     */
    public Accepted accept(SignedIn signedIn, SecretToken token) {
        var opened =
                transactions.withoutWorkspace(() -> queries.findByToken(token)).orElseThrow(AcceptService::unknown);
        return transactions.inWorkspace(opened.workspace(), () -> {
            var invitation = queries.lock(opened.workspace(), opened.id()).orElseThrow(AcceptService::unknown);
            if (invitation.state() != State.OPEN) {
                throw INVITATION_INVALID.because("This invitation %s.".formatted(said(invitation.state())));
            }
            if (!invitation.email().equals(signedIn.user().email())) {
                throw INVITATION_FOR_ANOTHER.because(
                        "This invitation was sent to a different e-mail address than the one you signed in with.");
            }
            var member = members.add(opened.workspace(), signedIn.user(), invitation.role());
            queries.accept(opened.id());
            return new Accepted(view(opened.workspace(), member.role()), member);
        });
    }

    /** The refusal of a token that belongs to no invitation. */
    public static ApiException unknown() {
        return INVITATION_INVALID.because(
                "There is no such invitation; it was sent again with a new link, or this link is incomplete.");
    }

    private static String said(State state) {
        return state == State.EXPIRED ? "has expired" : "was already " + state.wireName();
    }

    private OwnWorkspace view(WorkspaceId id, Role role) {
        var workspace = workspaces.get(id);
        return new OwnWorkspace(id, workspace.name(), workspace.planId(), workspace.createdAt(), role);
    }
}
