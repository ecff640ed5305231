package dev.carillon.core.account;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sandbox accounts: test accounts that represent live ones. Each represents one live account permanently, with its
 * platform and username. They are ordinary test-mode accounts, but separate from those that the workspace connected
 * itself.
 */
@Singleton
public class SandboxAccounts {
    /**
     * Usernames in test mode contain no tab, so an account that a caller connects there can never have this identity.
     */
    private static final String SANDBOX_FOR = "stands in for\t";

    /** The same as for every account that the sandbox simulates. */
    private static final String CLIENT = "sandbox";

    private final Transactions transactions;
    private final AccountService accounts;
    private final SandboxAccountQueries queries;

    SandboxAccounts(Transactions transactions, AccountService accounts, SandboxAccountQueries queries) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.queries = queries;
    }

    /**
     * The sandbox accounts of live accounts, in the same order; joins the open transaction. Missing ones are created.
     * One that has lost its access or was disconnected in test mode is connected again, which releases its held
     * publications.
     */
    public List<Account> of(List<Account> live) {
        var found = new HashMap<AccountId, Account>(
                queries.of(live.stream().map(Account::id).toList()));
        // Always in the same order, so that two posts on the same accounts cannot deadlock.
        live.stream()
                .filter(account -> !isReady(found.get(account.id()), account))
                .sorted(Comparator.comparing(account -> account.id().value()))
                // A sandbox account is within a caller's bounds only once it is linked to a live account that is.
                .forEach(account -> found.put(account.id(), transactions.beyondBounds(() -> connect(account))));
        return live.stream()
                .map(account -> Objects.requireNonNull(found.get(account.id())))
                .toList();
    }

    private static boolean isReady(@Nullable Account sandboxAccount, Account live) {
        return sandboxAccount != null
                && sandboxAccount.status() == AccountStatus.ACTIVE
                && sandboxAccount.username().equals(live.username());
    }

    private Account connect(Account live) {
        var identity = new Identity(SANDBOX_FOR + live.id(), live.username(), live.displayName(), null, CLIENT);
        var tenant = new Tenant(live.tenant().workspace(), Mode.TEST);
        var sandboxAccount =
                accounts.connect(tenant, new NewAccount(live.platform(), identity, Credentials.NONE, Map.of()));
        queries.link(sandboxAccount, live);
        return sandboxAccount;
    }
}
