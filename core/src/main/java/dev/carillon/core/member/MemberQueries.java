package dev.carillon.core.member;

import dev.carillon.core.auth.Role;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.member.WorkspaceContacts.Person;
import dev.carillon.core.user.EmailAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class MemberQueries {
    private static final String OF_USER =
            "SELECT id, role FROM member WHERE user_id = ? AND workspace_id = ? AND removed_at IS NULL";
    private static final String SHOWN = """
            SELECT member.*, known.email, known.name
            FROM member JOIN users_of_workspace() AS known ON known.id = member.user_id
            WHERE member.workspace_id = ? AND member.removed_at IS NULL
            """;
    private static final String BY_ID = SHOWN + " AND member.id = ?";
    private static final String BY_EMAIL = SHOWN + " AND known.email = ?";
    private static final String LIST =
            SHOWN + " AND (?::uuid IS NULL OR member.id < ?::uuid) ORDER BY member.id DESC LIMIT ?";
    // Locked in the order of their ids, so that concurrent changes to the members of one workspace wait for each other.
    // After waiting, a transaction sees the other's changes and no longer counts a former owner.
    private static final String LOCK_OWNERS = """
            SELECT id FROM member WHERE workspace_id = ? AND role = 'owner' AND removed_at IS NULL ORDER BY id FOR UPDATE
            """;
    private static final String LOCK = """
            SELECT role FROM member WHERE workspace_id = ? AND id = ? AND removed_at IS NULL FOR UPDATE
            """;
    private static final String ADD = """
            INSERT INTO member (id, workspace_id, user_id, role) VALUES (?, ?, ?, ?)
            ON CONFLICT (user_id, workspace_id) WHERE removed_at IS NULL DO NOTHING
            """;
    private static final String CHANGE = """
            UPDATE member SET role = ?, updated_at = clock_timestamp() WHERE id = ? AND workspace_id = ? AND role <> ?
            """;
    private static final String REMOVE =
            "UPDATE member SET removed_at = clock_timestamp(), updated_at = clock_timestamp() WHERE id = ? AND workspace_id = ?";
    private static final String LOCK_OWNED = "SELECT lock_owned_workspaces(?) AS owned";
    private static final String WORKSPACES = "SELECT * FROM workspaces_of_user() ORDER BY id";
    private static final String IN_CHARGE = "SELECT user_id, email FROM owners_and_admins(?)";

    private final Sql sql;

    MemberQueries(Sql sql) {
        this.sql = sql;
    }

    Optional<Membership> membership(UserId user, WorkspaceId workspace) {
        return sql.of(OF_USER, user, workspace).first(row -> new Membership(row.id("id", MemberId.KIND), role(row)));
    }

    Optional<Member> find(WorkspaceId workspace, MemberId id) {
        return sql.of(BY_ID, workspace, id).first(MemberQueries::member);
    }

    Optional<Member> findByEmail(WorkspaceId workspace, EmailAddress email) {
        return sql.of(BY_EMAIL, workspace, email.text()).first(MemberQueries::member);
    }

    List<Member> list(WorkspaceId workspace, @Nullable MemberId after, int limit) {
        return sql.of(LIST, workspace, after, after, limit).list(MemberQueries::member);
    }

    /** The owners, locked until the transaction ends. */
    List<MemberId> lockOwners(WorkspaceId workspace) {
        return sql.of(LOCK_OWNERS, workspace).list(row -> row.id("id", MemberId.KIND));
    }

    Optional<Role> lock(WorkspaceId workspace, MemberId id) {
        return sql.of(LOCK, workspace, id).first(MemberQueries::role);
    }

    /** False if the user is a member already. */
    boolean add(MemberId id, WorkspaceId workspace, UserId user, Role role) {
        return sql.of(ADD, id, workspace, user, role.wireName()).update() == 1;
    }

    /** False if the member has that role already. */
    boolean change(WorkspaceId workspace, MemberId id, Role role) {
        return sql.of(CHANGE, role.wireName(), id, workspace, role.wireName()).update() == 1;
    }

    void remove(WorkspaceId workspace, MemberId id) {
        sql.of(REMOVE, id, workspace).update();
    }

    /** How many workspaces the user owns; they are locked until the transaction ends. */
    long lockOwned(UserId user) {
        return sql.of(LOCK_OWNED, user).one(row -> row.number("owned"));
    }

    /** The workspaces of the transaction's user. */
    List<OwnWorkspace> workspaces() {
        return sql.of(WORKSPACES)
                .list(row -> new OwnWorkspace(
                        row.id("id", WorkspaceId.KIND),
                        row.text("name"),
                        row.text("plan_id"),
                        row.instant("created_at"),
                        role(row)));
    }

    /** The owners and admins of any workspace. */
    List<Person> inCharge(WorkspaceId workspace) {
        return sql.of(IN_CHARGE, workspace)
                .list(row -> new Person(row.id("user_id", UserId.KIND), new EmailAddress(row.text("email"))));
    }

    private static Role role(Row row) {
        return Role.named(row.text("role")).orElseThrow();
    }

    private static Member member(Row row) {
        return new Member(
                row.id("id", MemberId.KIND),
                row.id("user_id", UserId.KIND),
                new EmailAddress(row.text("email")),
                row.textOrNull("name"),
                role(row),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
