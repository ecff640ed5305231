package dev.carillon.core.account;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

@Singleton
class SandboxAccountQueries {
    private static final String OF = """
            SELECT account.*, live_account_id FROM sandbox_account JOIN account ON account.id = account_id
            WHERE live_account_id = ANY (?::uuid[])
            """;
    private static final String LINK = """
            INSERT INTO sandbox_account (account_id, workspace_id, live_account_id) VALUES (?, ?, ?)
            ON CONFLICT (account_id) DO NOTHING
            """;

    private final Sql sql;
    private final AccountQueries accounts;

    SandboxAccountQueries(Sql sql, AccountQueries accounts) {
        this.sql = sql;
        this.accounts = accounts;
    }

    /** The existing sandbox accounts, keyed by their live account. */
    Map<AccountId, Account> of(Collection<AccountId> live) {
        return sql
                .of(OF, live)
                .list(row -> Map.entry(row.id("live_account_id", AccountId.KIND), accounts.account(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Records which live account a sandbox account represents; repeating it changes nothing. */
    void link(Account sandboxAccount, Account live) {
        sql.of(LINK, sandboxAccount.id(), live.tenant().workspace(), live.id()).update();
    }
}
