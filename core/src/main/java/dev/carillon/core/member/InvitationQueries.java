package dev.carillon.core.member;

import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Role;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.InvitationId;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.member.Invitation.State;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.user.EmailAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class InvitationQueries {
    private static final String SHOWN = """
            SELECT invitation.*,
                   CASE WHEN accepted_at IS NOT NULL THEN 'ACCEPTED' WHEN revoked_at IS NOT NULL THEN 'REVOKED'
                        WHEN expires_at <= clock_timestamp() THEN 'EXPIRED' ELSE 'OPEN' END AS state
            FROM invitation WHERE workspace_id = ?
            """;
    private static final String BY_ID = SHOWN + " AND id = ?";
    private static final String LOCK = BY_ID + " FOR UPDATE";
    private static final String LIST = SHOWN + " AND (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?";
    private static final String BY_TOKEN = "SELECT * FROM invitation_by_token(?)";
    // Serializes changes within a workspace, so that counts and look-ups stay valid until the transaction ends.
    private static final String LOCK_WORKSPACE = "SELECT id FROM workspace WHERE id = ? FOR NO KEY UPDATE";
    private static final String COUNT_OPEN = """
            SELECT count(*) AS invitations FROM invitation
            WHERE workspace_id = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()
            """;
    private static final String REVOKE_EXPIRED = """
            UPDATE invitation SET revoked_at = clock_timestamp()
            WHERE workspace_id = ? AND email = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= clock_timestamp()
            """;
    private static final String ADD = """
            INSERT INTO invitation (id, workspace_id, email, role, token_hash, invited_by_member, invited_by_key, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')
            ON CONFLICT (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL DO NOTHING
            """;
    private static final String RENEW = """
            UPDATE invitation
            SET token_hash = ?, sent_at = clock_timestamp(), expires_at = clock_timestamp() + ? * interval '1 millisecond'
            WHERE id = ? AND sent_at <= clock_timestamp() - ? * interval '1 millisecond'
            """;
    private static final String REVOKE = "UPDATE invitation SET revoked_at = clock_timestamp() WHERE id = ?";
    private static final String REVOKE_THOSE_OF = """
            UPDATE invitation SET revoked_at = clock_timestamp()
            WHERE workspace_id = ? AND invited_by_member = ? AND accepted_at IS NULL AND revoked_at IS NULL
            """;
    private static final String MAILED_SINCE = """
            SELECT count(*) FILTER (WHERE sent_at > clock_timestamp() - interval '1 day') AS within_a_day,
                   count(*) FILTER (WHERE email = ? AND sent_at > clock_timestamp() - ? * interval '1 millisecond') AS to_address
            FROM invitation WHERE workspace_id = ?
            """;
    private static final String ACCEPT = "UPDATE invitation SET accepted_at = clock_timestamp() WHERE id = ?";

    private final Sql sql;

    InvitationQueries(Sql sql) {
        this.sql = sql;
    }

    /** The invitation that a token belongs to. */
    record Opened(InvitationId id, WorkspaceId workspace) {}

    /** Called before the workspace is known. */
    Optional<Opened> findByToken(SecretToken token) {
        return sql.of(BY_TOKEN, (Object) token.sha256())
                .first(row -> new Opened(row.id("id", InvitationId.KIND), row.id("workspace_id", WorkspaceId.KIND)));
    }

    Optional<Invitation> find(WorkspaceId workspace, InvitationId id) {
        return sql.of(BY_ID, workspace, id).first(InvitationQueries::invitation);
    }

    /** The invitation, locked until the transaction ends. */
    Optional<Invitation> lock(WorkspaceId workspace, InvitationId id) {
        return sql.of(LOCK, workspace, id).first(InvitationQueries::invitation);
    }

    List<Invitation> list(WorkspaceId workspace, @Nullable InvitationId after, int limit) {
        return sql.of(LIST, workspace, after, after, limit).list(InvitationQueries::invitation);
    }

    void lockWorkspace(WorkspaceId workspace) {
        sql.of(LOCK_WORKSPACE, workspace).one(row -> row);
    }

    long countOpen(WorkspaceId workspace) {
        return sql.of(COUNT_OPEN, workspace).one(row -> row.number("invitations"));
    }

    /** An expired invitation must be revoked before the same address can be invited again. */
    void revokeExpired(WorkspaceId workspace, EmailAddress email) {
        sql.of(REVOKE_EXPIRED, workspace, email.text()).update();
    }

    /** False if an invitation for the address is open. */
    boolean add(
            InvitationId id,
            WorkspaceId workspace,
            EmailAddress email,
            Role role,
            SecretToken token,
            Caller by,
            Duration lasting) {
        return sql.of(
                                ADD,
                                id,
                                workspace,
                                email.text(),
                                role.wireName(),
                                token.sha256(),
                                by.memberOrNull(),
                                by.keyOrNull(),
                                lasting.toMillis())
                        .update()
                == 1;
    }

    /** False if its newest mail is younger than {@code pause}. */
    boolean renew(InvitationId id, SecretToken token, Duration lasting, Duration pause) {
        return sql.of(RENEW, token.sha256(), lasting.toMillis(), id, pause.toMillis())
                        .update()
                == 1;
    }

    void revoke(InvitationId id) {
        sql.of(REVOKE, id).update();
    }

    /** Revokes the member's open invitations. */
    void revokeThoseOf(WorkspaceId workspace, MemberId member) {
        sql.of(REVOKE_THOSE_OF, workspace, member).update();
    }

    /**
     * How many mails a workspace has sent, whatever the state of the invitations.
     *
     * @param withinADay to all addresses
     * @param toAddress to the one address, within the pause
     */
    record Mailed(long withinADay, long toAddress) {}

    Mailed mailed(WorkspaceId workspace, EmailAddress email, Duration pause) {
        return sql.of(MAILED_SINCE, email.text(), pause.toMillis(), workspace)
                .one(row -> new Mailed(row.number("within_a_day"), row.number("to_address")));
    }

    void accept(InvitationId id) {
        sql.of(ACCEPT, id).update();
    }

    private static Invitation invitation(Row row) {
        return new Invitation(
                row.id("id", InvitationId.KIND),
                new EmailAddress(row.text("email")),
                Role.named(row.text("role")).orElseThrow(),
                State.valueOf(row.text("state")),
                invitedBy(row),
                row.instant("created_at"),
                row.instant("sent_at"),
                row.instant("expires_at"));
    }

    private static @Nullable Id invitedBy(Row row) {
        var member = row.idOrNull("invited_by_member", MemberId.KIND);
        return member == null ? row.idOrNull("invited_by_key", ApiKeyId.KIND) : member;
    }
}
