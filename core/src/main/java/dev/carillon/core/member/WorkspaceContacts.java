package dev.carillon.core.member;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.user.EmailAddress;
import jakarta.inject.Singleton;
import java.util.List;

/** The contacts of a workspace: its owners and admins. For processes that work across workspaces. */
@Singleton
public class WorkspaceContacts {
    private final Transactions transactions;
    private final MemberQueries queries;

    WorkspaceContacts(Transactions transactions, MemberQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /** An owner or admin. */
    public record Person(UserId user, EmailAddress email) {}

    /** Empty if a workspace is used with keys alone. */
    public List<Person> of(WorkspaceId workspace) {
        return transactions.acrossWorkspaces(() -> queries.inCharge(workspace));
    }
}
