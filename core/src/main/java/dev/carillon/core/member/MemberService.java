package dev.carillon.core.member;

import static dev.carillon.core.kernel.ErrorCode.ALREADY_MEMBER;
import static dev.carillon.core.kernel.ErrorCode.LAST_OWNER;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.apikey.WorkspaceApiKeys;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Role;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.user.User;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a workspace. Changes take effect in every process within a second, and a workspace always keeps an
 * owner.
 */
@Singleton
public class MemberService {
    private final Transactions transactions;
    private final MemberQueries queries;
    private final InvitationQueries invitations;
    private final WorkspaceApiKeys keys;
    private final Signals signals;
    private final Ids ids;

    MemberService(
            Transactions transactions,
            MemberQueries queries,
            InvitationQueries invitations,
            WorkspaceApiKeys keys,
            Signals signals,
            Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.invitations = invitations;
        this.keys = keys;
        this.signals = signals;
        this.ids = ids;
    }

    /** Newest first. */
    public Page<Member> list(Actor actor, PageRequest page) {
        Authority.requireSight(actor);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor.workspace(), page.after(MemberId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), member -> member.id().toString());
        });
    }

    public Member get(Actor actor, MemberId id) {
        Authority.requireSight(actor);
        return transactions.inWorkspace(actor, () -> existing(actor.workspace(), id));
    }

    /**
     * Changes a member's role, and revokes the open invitations that they sent with the previous role. Needs
     * {@code workspace.admin} and all scopes of both roles.
     *
     * @throws ApiException {@code scope_missing}, {@code mode_mismatch}, {@code not_found}, {@code last_owner}
     */
    public Member changeRole(Actor actor, MemberId id, Role role) {
        actor.require(Scope.WORKSPACE_ADMIN);
        Authority.requireOver(actor, role, "/role");
        return transactions.inWorkspace(actor, () -> {
            lockFor(actor, id, role);
            if (queries.change(actor.workspace(), id, role)) {
                invitations.revokeThoseOf(actor.workspace(), id);
                tell();
            }
            return existing(actor.workspace(), id);
        });
    }

    /**
     * Ends a membership. Everything that the member created stays, including keys; their open invitations are revoked.
     * Needs {@code workspace.admin} and all scopes of their role.
     *
     * @throws ApiException {@code scope_missing}, {@code not_found}, {@code last_owner}
     */
    public Member remove(Actor actor, MemberId id) {
        actor.require(Scope.WORKSPACE_ADMIN);
        return transactions.inWorkspace(actor, () -> {
            lockFor(actor, id, null);
            var member = existing(actor.workspace(), id);
            queries.remove(actor.workspace(), id);
            invitations.revokeThoseOf(actor.workspace(), id);
            tell();
            return member;
        });
    }

    /**
     * Makes a user a member. For the operator, and for code that has already checked that the user may join.
     *
     * @throws ApiException {@code already_member}
     */
    public Member add(WorkspaceId workspace, User user, Role role) {
        return transactions.inWorkspace(workspace, () -> {
            var id = ids.next(MemberId.KIND);
            if (!queries.add(id, workspace, user.id(), role)) {
                throw ALREADY_MEMBER.because("This user is already a member of this workspace.");
            }
            tell();
            return existing(workspace, id);
        });
    }

    /** Checks the change and locks the member and the owners until the transaction ends. */
    private void lockFor(Actor actor, MemberId id, @Nullable Role next) {
        Authority.requireUnheld(actor, keys);
        List<MemberId> owners = queries.lockOwners(actor.workspace());
        var role = queries.lock(actor.workspace(), id).orElseThrow(() -> notFound(id));
        Authority.requireOver(actor, role, id.toString());
        if (role == Role.OWNER && next != Role.OWNER && owners.equals(List.of(id))) {
            throw LAST_OWNER.because("%s is the only owner; make another member an owner first.".formatted(id));
        }
    }

    private void tell() {
        transactions.afterCommit(() -> signals.send(Signal.MEMBERS_CHANGED));
    }

    private Member existing(WorkspaceId workspace, MemberId id) {
        return queries.find(workspace, id).orElseThrow(() -> notFound(id));
    }

    private static ApiException notFound(MemberId id) {
        return NOT_FOUND.because("There is no member %s.".formatted(id));
    }
}
