package dev.carillon.core.account;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_GROUP_IS_DEFAULT;
import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_GROUP_LIMIT_REACHED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Creates, shows and deletes account groups, and moves accounts into them. */
@Singleton
public class AccountGroupService {
    private final Transactions transactions;
    private final AccountGroupQueries queries;
    private final AccountService accounts;
    private final WorkspaceService workspaces;
    private final Ids ids;

    AccountGroupService(
            Transactions transactions,
            AccountGroupQueries queries,
            AccountService accounts,
            WorkspaceService workspaces,
            Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.accounts = accounts;
        this.workspaces = workspaces;
        this.ids = ids;
    }

    /**
     * Creates a group.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code account_group_limit_reached} when the plan allows no more in this
     *     mode, {@code key_is_bound}
     */
    public AccountGroup create(Actor actor, AccountGroupDraft draft) {
        actor.require(Scope.ACCOUNTS_WRITE);
        actor.requireUnbound("a new group would not be one of them");
        int most = workspaces.plan(actor.workspace()).maxAccountGroups();
        return transactions.inWorkspace(actor, () -> {
            queries.lockDefault(actor.tenant());
            if (queries.count(actor.tenant()) >= most) {
                throw ACCOUNT_GROUP_LIMIT_REACHED.because(
                        "The plan allows %d account groups in each mode, and all exist; delete one first, or change the plan."
                                .formatted(most));
            }
            var id = ids.next(AccountGroupId.KIND);
            queries.add(actor.tenant(), id, draft);
            return existing(actor, id);
        });
    }

    public AccountGroup get(Actor actor, AccountGroupId id) {
        actor.require(Scope.ACCOUNTS_READ);
        return transactions.inWorkspace(actor, () -> existing(actor, id));
    }

    /** Those of the groups that the caller may see, in no particular order. */
    public List<AccountGroup> getAll(Actor actor, Collection<AccountGroupId> ids) {
        actor.require(Scope.ACCOUNTS_READ);
        return transactions.inWorkspace(actor, () -> queries.findAll(actor.tenant(), ids));
    }

    /** Newest first; the default group comes last. */
    public Page<AccountGroup> list(Actor actor, PageRequest page) {
        actor.require(Scope.ACCOUNTS_READ);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor.tenant(), page.after(AccountGroupId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), group -> group.id().toString());
        });
    }

    public AccountGroup change(Actor actor, AccountGroupId id, UnaryOperator<AccountGroupDraft> change) {
        actor.require(Scope.ACCOUNTS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var group = queries.lock(actor.tenant(), id).orElseThrow(() -> notFound(id));
            queries.change(id, change.apply(new AccountGroupDraft(group.name(), group.metadata())));
            return existing(actor, id);
        });
    }

    /** What happens to the accounts of a deleted group; in either case they move to the default group. */
    public enum OnDelete {
        /** They stay connected. */
        DETACH,
        /** They are disconnected, and their tokens are deleted. */
        REVOKE
    }

    /**
     * Deletes a group.
     *
     * @return the group as it was
     * @throws dev.carillon.core.kernel.ApiException {@code account_group_is_default}, {@code key_is_bound}
     */
    public AccountGroup delete(Actor actor, AccountGroupId id, OnDelete what) {
        actor.require(Scope.ACCOUNTS_WRITE);
        actor.requireUnbound("deleting a group moves or disconnects its accounts");
        return transactions.inWorkspace(actor, () -> {
            var ground = queries.lockDefault(actor.tenant());
            var group = queries.lock(actor.tenant(), id).orElseThrow(() -> notFound(id));
            if (group.isDefault()) {
                throw ACCOUNT_GROUP_IS_DEFAULT.because(
                        "Group %s is the default group, which cannot be deleted.".formatted(id));
            }
            if (what == OnDelete.REVOKE) {
                queries.members(id).forEach(account -> accounts.disconnect(actor, account));
            }
            queries.moveAll(id, ground);
            queries.delete(id);
            return group;
        });
    }

    /**
     * Moves an account into a group.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found} for either, {@code key_is_bound}
     */
    public Account move(Actor actor, AccountId account, AccountGroupId group) {
        actor.require(Scope.ACCOUNTS_WRITE);
        actor.requireUnbound("moving an account between groups changes what other keys can reach");
        return transactions.inWorkspace(actor, () -> {
            accounts.existing(actor.tenant(), account);
            accounts.requireGroup(actor.tenant(), group);
            queries.move(account, group);
            return accounts.existing(actor.tenant(), account);
        });
    }

    private AccountGroup existing(Actor actor, AccountGroupId id) {
        return queries.find(actor.tenant(), id).orElseThrow(() -> notFound(id));
    }

    private static RuntimeException notFound(AccountGroupId id) {
        return NOT_FOUND.because("There is no account group %s.".formatted(id));
    }
}
