package dev.carillon.api.account;

import dev.carillon.api.input.Expansion;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountGroup;
import dev.carillon.core.account.AccountGroupService;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Fetches the accounts and groups that a reply shows in full, with one read per kind, no matter how many objects refer to them. */
@Singleton
public class AccountExpansion {
    static final String GROUP = "account_group";
    private static final String GROUP_BELOW = "." + GROUP;

    private final AccountService accounts;
    private final AccountGroupService groups;

    AccountExpansion(AccountService accounts, AccountGroupService groups) {
        this.accounts = accounts;
        this.groups = groups;
    }

    /**
     * Passes if nothing is to be expanded or the caller may read accounts.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code scope_missing}
     */
    public void check(Actor actor, Expansion asked) {
        if (!asked.isEmpty()) {
            actor.require(Scope.ACCOUNTS_READ);
        }
    }

    /**
     * Every form in which this caller may see an object, the plain one first.
     *
     * @param expandable every path that the object's route can expand
     */
    public List<Expansion> forms(Actor actor, Set<String> expandable) {
        var forms = new ArrayList<>(List.of(Expansion.NONE));
        if (actor.scopes().contains(Scope.ACCOUNTS_READ)) {
            expandable.stream().map(path -> new Expansion(Set.of(path))).forEach(forms::add);
        }
        return forms;
    }

    /**
     * The accounts to show in full at a path.
     *
     * @param ids the accounts that the reply refers to at this path; those that the caller may not see are left out
     */
    public ExpandedAccounts of(Actor actor, Expansion asked, String path, Collection<AccountId> ids) {
        if (!asked.has(path) || ids.isEmpty()) {
            return ExpandedAccounts.NONE;
        }
        var found = accounts.getAll(actor, ids);
        var inFull = asked.has(path + GROUP_BELOW) ? groupsOf(actor, found) : Map.<AccountGroupId, AccountGroup>of();
        return new ExpandedAccounts(
                found.stream().collect(Collectors.toMap(Account::id, account -> AccountResponse.of(account, inFull))));
    }

    /** The groups of these accounts, by id. */
    Map<AccountGroupId, AccountGroup> groupsOf(Actor actor, List<Account> of) {
        var ids = of.stream().map(Account::group).collect(Collectors.toSet());
        return groups.getAll(actor, ids).stream().collect(Collectors.toMap(AccountGroup::id, Function.identity()));
    }
}
