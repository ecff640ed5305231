package dev.carillon.core.member;

import static dev.carillon.core.kernel.ErrorCode.ALREADY_INVITED;
import static dev.carillon.core.kernel.ErrorCode.ALREADY_MEMBER;
import static dev.carillon.core.kernel.ErrorCode.INVITATION_INVALID;
import static dev.carillon.core.kernel.ErrorCode.LIMIT_REACHED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.TOO_MANY_MAILS;

import dev.carillon.core.apikey.WorkspaceApiKeys;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Role;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.InvitationId;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.mail.BackgroundMailer;
import dev.carillon.core.mail.BackgroundMailer.Share;
import dev.carillon.core.mail.Mail;
import dev.carillon.core.member.Invitation.State;
import dev.carillon.core.member.InvitationQueries.Mailed;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/** Invites people into a workspace by mail. Every operation needs {@code workspace.admin}. */
@Singleton
public class InvitationService {
    private static final int MOST_OPEN = 100;

    private final Transactions transactions;
    private final InvitationQueries queries;
    private final InvitationMailQueries mails;
    private final MemberQueries members;
    private final WorkspaceService workspaces;
    private final InvitationConfig config;
    private final WorkspaceApiKeys keys;
    private final BackgroundMailer mailer;
    private final Ids ids;

    InvitationService(
            Transactions transactions,
            InvitationQueries queries,
            InvitationMailQueries mails,
            MemberQueries members,
            WorkspaceService workspaces,
            InvitationConfig config,
            WorkspaceApiKeys keys,
            BackgroundMailer mailer,
            Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.mails = mails;
        this.members = members;
        this.workspaces = workspaces;
        this.config = config;
        this.keys = keys;
        this.mailer = mailer;
        this.ids = ids;
    }

    /**
     * Invites an address, with a role that grants no more than the inviter has. The mail is sent after the commit.
     *
     * @param linkOf builds the link that opens the mail's token
     * @throws ApiException {@code scope_missing}, {@code mode_mismatch}, {@code already_member}, {@code already_invited},
     *     {@code limit_reached}, {@code too_many_mails}
     */
    public Invitation create(Actor actor, EmailAddress email, Role role, Function<SecretToken, String> linkOf) {
        actor.require(Scope.WORKSPACE_ADMIN);
        Authority.requireOver(actor, role, "/role");
        var workspace = actor.workspace();
        var token = SecretToken.random();
        return transactions.inWorkspace(actor, () -> {
            Authority.requireUnheld(actor, keys);
            queries.lockWorkspace(workspace);
            members.findByEmail(workspace, email).ifPresent(member -> {
                throw ALREADY_MEMBER.at(
                        "/email", "This e-mail address already belongs to the member %s.".formatted(member.id()));
            });
            if (queries.countOpen(workspace) >= MOST_OPEN) {
                throw LIMIT_REACHED.because(
                        "This workspace has %d open invitations, which is the limit; revoke one first."
                                .formatted(MOST_OPEN));
            }
            queries.revokeExpired(workspace, email);
            var mailed = queries.mailed(workspace, email, config.pause());
            var id = ids.next(InvitationId.KIND);
            if (!queries.add(id, workspace, email, role, token, actor.caller(), config.lasts())) {
                throw ALREADY_INVITED.at("/email", "This e-mail address already has an open invitation.");
            }
            requireFew(mailed);
            return mailed(actor, existing(actor, id), linkOf.apply(token));
        });
    }

    /** Newest first, in every state. */
    public Page<Invitation> list(Actor actor, PageRequest page) {
        actor.require(Scope.WORKSPACE_ADMIN);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor.workspace(), page.after(InvitationId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), invitation -> invitation.id().toString());
        });
    }

    public Invitation get(Actor actor, InvitationId id) {
        actor.require(Scope.WORKSPACE_ADMIN);
        return transactions.inWorkspace(actor, () -> existing(actor, id));
    }

    /**
     * Sends an open or expired invitation again with a new token; the previous token becomes invalid.
     *
     * @throws ApiException {@code invitation_invalid} if it was accepted or revoked, {@code too_many_mails},
     *     {@code scope_missing}
     */
    public Invitation resend(Actor actor, InvitationId id, Function<SecretToken, String> linkOf) {
        actor.require(Scope.WORKSPACE_ADMIN);
        var token = SecretToken.random();
        return transactions.inWorkspace(actor, () -> {
            var invitation = queries.lock(actor.workspace(), id).orElseThrow(() -> notFound(id));
            Authority.requireOver(actor, invitation.role(), id.toString());
            Authority.requireUnheld(actor, keys);
            if (invitation.state() == State.ACCEPTED || invitation.state() == State.REVOKED) {
                throw INVITATION_INVALID.because(
                        "This invitation was %s.".formatted(invitation.state().wireName()));
            }
            if (!queries.renew(id, token, config.lasts(), config.pause())) {
                throw TOO_MANY_MAILS.retryable(
                        "This invitation was mailed less than %d seconds ago; try again later."
                                .formatted(config.pause().toSeconds()),
                        config.pause());
            }
            return mailed(actor, existing(actor, id), linkOf.apply(token));
        });
    }

    /**
     * Revokes an invitation; repeating it is harmless.
     *
     * @throws ApiException {@code invitation_invalid} if it was accepted
     */
    public Invitation revoke(Actor actor, InvitationId id) {
        actor.require(Scope.WORKSPACE_ADMIN);
        return transactions.inWorkspace(actor, () -> {
            var invitation = queries.lock(actor.workspace(), id).orElseThrow(() -> notFound(id));
            Authority.requireOver(actor, invitation.role(), id.toString());
            Authority.requireUnheld(actor, keys);
            switch (invitation.state()) {
                case OPEN, EXPIRED -> queries.revoke(id);
                case ACCEPTED ->
                    throw INVITATION_INVALID.because("This invitation was accepted; remove the member instead.");
                case REVOKED -> {}
            }
            return existing(actor, id);
        });
    }

    /** The inviter chooses the recipients of our mail, and revoking an invitation does not undo its mail. */
    private void requireFew(Mailed mailed) {
        if (mailed.withinADay() >= config.perDay()) {
            throw TOO_MANY_MAILS.retryable(
                    "This workspace has sent %d invitations within a day, which is the limit; try again later."
                            .formatted(config.perDay()),
                    Duration.ofHours(1));
        }
        if (mailed.toAddress() > 0) {
            throw TOO_MANY_MAILS.retryable(
                    "This address was sent an invitation less than %d seconds ago; try again later."
                            .formatted(config.pause().toSeconds()),
                    config.pause());
        }
    }

    private Invitation mailed(Actor actor, Invitation invitation, String link) {
        mails.note(invitation.email(), config).ifPresent(wait -> {
            throw TOO_MANY_MAILS.retryable(
                    "This address has reached the limit of invitations within a day; try again in %d seconds."
                            .formatted(wait.toSeconds()),
                    wait);
        });
        var name = workspaces.get(actor.workspace()).name();
        var mail = new Mail(invitation.email().text(), "You are invited to a Carillon workspace", """
                You are invited to the Carillon workspace "%s" with the role %s.

                To accept, sign in with this e-mail address and open this link within %d days:

                %s

                If you did not expect this invitation, ignore this mail.
                """.formatted(
                        name, invitation.role().wireName(), config.lasts().toDays(), link));
        transactions.afterCommit(() -> mailer.put(Share.INVITATIONS, mail));
        return invitation;
    }

    private Invitation existing(Actor actor, InvitationId id) {
        return queries.find(actor.workspace(), id).orElseThrow(() -> notFound(id));
    }

    private static ApiException notFound(InvitationId id) {
        return NOT_FOUND.because("There is no invitation %s.".formatted(id));
    }
}
