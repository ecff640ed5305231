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
 * The test accounts that stand in for live ones, each always for the same one: of its platform, under its username. They are accounts
 * like any other of test mode, apart from those that a workspace made there itself.
 */
@Singleton
public class StandIns {
    /** No username in test mode holds a tab, so that nothing a caller connects there is ever the same account. */
    private static final String STANDS_IN_FOR = "stands in for\t";

    /** As every account that the sandbox plays. */
    private static final String CLIENT = "sandbox";

    private final Transactions transactions;
    private final AccountService accounts;
    private final StandInQueries queries;

    StandIns(Transactions transactions, AccountService accounts, StandInQueries queries) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.queries = queries;
    }

    /**
     * The stand-ins of live accounts, in their order; joins the open transaction. One that does not exist is made. One that has lost its
     * access, or was disconnected in test mode, is connected again, which sends what was held there.
     */
    public List<Account> of(List<Account> live) {
        var found = new HashMap<AccountId, Account>(
                queries.of(live.stream().map(Account::id).toList()));
        // In one order everywhere: two posts on the same accounts wait for each other, and never both.
        live.stream()
                .filter(account -> !isReady(found.get(account.id()), account))
                .sorted(Comparator.comparing(account -> account.id().value()))
                // One lies within a caller's bounds once it is linked to an account that does.
                .forEach(account -> found.put(account.id(), transactions.beyondBounds(() -> connect(account))));
        return live.stream()
                .map(account -> Objects.requireNonNull(found.get(account.id())))
                .toList();
    }

    private static boolean isReady(@Nullable Account standIn, Account live) {
        return standIn != null
                && standIn.status() == AccountStatus.ACTIVE
                && standIn.username().equals(live.username());
    }

    private Account connect(Account live) {
        var identity = new Identity(STANDS_IN_FOR + live.id(), live.username(), live.displayName(), null, CLIENT);
        var tenant = new Tenant(live.tenant().workspace(), Mode.TEST);
        var standIn = accounts.connect(tenant, new NewAccount(live.platform(), identity, Credentials.NONE, Map.of()));
        queries.link(standIn, live);
        return standIn;
    }
}
