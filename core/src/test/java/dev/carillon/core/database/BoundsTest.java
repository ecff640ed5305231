package dev.carillon.core.database;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.PostService;
import dev.carillon.core.testing.TestCarillon;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The isolation of a caller that is bound to accounts. The SQL has no conditions, as if every WHERE had been forgotten. */
class BoundsTest {
    private static TestCarillon carillon;
    private static Transactions transactions;
    private static Account own;
    private static Account other;

    @BeforeAll
    static void oneAccountWithinAndOneBeyond() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        transactions = carillon.bean(Transactions.class);
        own = account("own");
        other = account("other");
        post(own);
        post(other);
        post(own, other);
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aBoundCallersTransactionShowsWhatLiesWithinAndNothingElse() {
        var within = boundTo(Set.of(own.id()));

        assertThat(seen(within, "SELECT id FROM account"))
                .containsExactly(own.id().value());
        assertThat(seen(within, "SELECT account_id AS id FROM publication"))
                .as("only the publication on its own account")
                .containsExactly(own.id().value());
        assertThat(seen(within, "SELECT id FROM post")).hasSize(1);
        assertThat(seen(within, "SELECT id FROM account_group")).isEmpty();
        assertThat(seen(carillon.test(), "SELECT id FROM post")).hasSize(3);
    }

    // If an empty set meant the whole workspace, a key would gain access to everything with the loss of its last
    // account.
    @Test
    void whoIsBoundToNothingSeesNothing() {
        var bound = boundTo(Set.of());

        for (var table : List.of("account", "account_group", "post", "publication")) {
            assertThat(seen(bound, "SELECT id FROM " + table)).as(table).isEmpty();
        }
    }

    @Test
    void whatLiesBeyondIsNeitherChangedNorPostedTo() {
        var within = boundTo(Set.of(own.id()));

        assertThat(changed(within, "UPDATE account SET username = 'taken' WHERE id = ?", other.id()))
                .isZero();
        assertThat(changed(within, "UPDATE publication SET urgent = true WHERE account_id = ?", other.id()))
                .isZero();
        assertThatThrownBy(() -> changed(within, "UPDATE publication SET account_id = ?", other.id()))
                .hasMessageContaining("row-level security");
    }

    // Otherwise a bound caller would see everything in a use case that joins an outer transaction with more access.
    @Test
    void boundWorkDoesNotJoinATransactionThatReachesMore() {
        var within = boundTo(Set.of(own.id()));

        assertThatThrownBy(() -> transactions.inWorkspace(
                        within.workspace(), () -> transactions.inWorkspace(within, () -> true)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transactions.inWorkspace(
                        boundTo(Set.of(own.id(), other.id())), () -> transactions.inWorkspace(within, () -> true)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transactions.acrossWorkspaces(() -> transactions.inWorkspace(within, () -> true)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(transactions.inWorkspace(within, () -> transactions.inWorkspace(within.workspace(), () -> true)))
                .isTrue();
    }

    @Test
    void whatIsReadBeyondTheBoundsIsIsolatedAgainAlsoWhenThatFails() {
        var within = boundTo(Set.of(own.id()));

        var counts = transactions.inWorkspace(within, () -> {
            long beyond = transactions.beyondBounds(BoundsTest::accounts);
            long after = accounts();
            assertThatThrownBy(() -> transactions.beyondBounds(() -> {
                        throw new IllegalArgumentException("bad luck");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            return List.of(beyond, after, accounts());
        });

        assertThat(counts).containsExactly(2L, 1L, 1L);
    }

    private static long accounts() {
        return carillon.bean(Sql.class)
                .of("SELECT count(*) AS accounts FROM account")
                .one(row -> row.number("accounts"));
    }

    private static List<UUID> seen(Actor actor, String statement) {
        return transactions.inWorkspace(
                actor, () -> carillon.bean(Sql.class).of(statement).list(row -> row.uuid("id")));
    }

    private static int changed(Actor actor, String statement, AccountId id) {
        return transactions.inWorkspace(
                actor, () -> carillon.bean(Sql.class).of(statement, id).update());
    }

    private static Actor boundTo(Set<AccountId> accounts) {
        var all = carillon.test();
        return new Actor(
                all.workspace(),
                all.mode(),
                all.caller(),
                all.scopes(),
                null,
                new AccountBounds.Within(accounts, Set.of()));
    }

    private static Account account(String name) {
        var identity = new Identity(name, name, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(carillon.test(), new NewAccount(Platform.SANDBOX, identity, Credentials.NONE, Map.of()));
    }

    private static void post(Account... accounts) {
        var text = "of " + accounts.length + accounts[0].username();
        carillon.bean(PostService.class)
                .accept(carillon.test(), aPost(text).on(accounts).draft().build());
    }
}
