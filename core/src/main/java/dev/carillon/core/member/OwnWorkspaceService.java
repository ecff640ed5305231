package dev.carillon.core.member;

import static dev.carillon.core.kernel.ErrorCode.LIMIT_REACHED;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Role;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.session.SignedIn;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.Workspace;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workspaces of a signed-in user, and the workspace of an actor. */
@Singleton
public class OwnWorkspaceService {
    private static final int MOST_OWNED = 20;

    private final Transactions transactions;
    private final MemberQueries queries;
    private final MemberService members;
    private final MembershipCache memberships;
    private final WorkspaceService workspaces;

    OwnWorkspaceService(
            Transactions transactions,
            MemberQueries queries,
            MemberService members,
            MembershipCache memberships,
            WorkspaceService workspaces) {
        this.transactions = transactions;
        this.queries = queries;
        this.members = members;
        this.memberships = memberships;
        this.workspaces = workspaces;
    }

    /** The workspaces in which the user is a member, oldest first. */
    public List<OwnWorkspace> list(SignedIn signedIn) {
        return transactions.asUser(signedIn.user().id(), queries::workspaces);
    }

    /**
     * Creates a workspace that the user owns.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code limit_reached} for a user who owns {@value #MOST_OWNED}
     */
    public OwnWorkspace create(SignedIn signedIn, String name) {
        var user = signedIn.user();
        var id = workspaces.create(name, Plan.SELF_HOSTED, workspace -> {
            requireRoom(user.id());
            members.add(workspace, user, Role.OWNER);
        });
        return view(id, Role.OWNER);
    }

    private void requireRoom(UserId user) {
        long owned = queries.lockOwned(user);
        if (owned >= MOST_OWNED) {
            throw LIMIT_REACHED.because("You own %d workspaces, which is the limit.".formatted(owned));
        }
    }

    /** The actor's workspace; a key needs {@code workspace.admin}. */
    public OwnWorkspace get(Actor actor) {
        Authority.requireSight(actor);
        return view(actor.workspace(), roleOf(actor));
    }

    /** Renames the workspace, to a name of 1 to 100 characters. Needs {@code workspace.admin}. */
    public OwnWorkspace rename(Actor actor, String name) {
        actor.require(Scope.WORKSPACE_ADMIN);
        workspaces.rename(actor.workspace(), name);
        return get(actor);
    }

    private @Nullable Role roleOf(Actor actor) {
        return switch (actor.caller()) {
            case Caller.ByKey key -> null;
            case Caller.ByMember by -> role(by.user(), actor.workspace());
        };
    }

    private @Nullable Role role(UserId user, WorkspaceId workspace) {
        return memberships.find(user, workspace).map(Membership::role).orElse(null);
    }

    private OwnWorkspace view(WorkspaceId id, @Nullable Role role) {
        Workspace workspace = workspaces.get(id);
        return new OwnWorkspace(id, workspace.name(), workspace.planId(), workspace.createdAt(), role);
    }
}
