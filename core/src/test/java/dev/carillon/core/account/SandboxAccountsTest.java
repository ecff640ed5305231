package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.testing.TestCarillon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxAccountsTest {
    private static final int CALLERS = 8;

    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    // Two sandbox accounts for one live account would let the same text through twice, and concurrent callers could
    // deadlock and be refused.
    @Test
    void callersWhoComeAtOnceGetTheSameSandboxAccounts() throws Exception {
        var one = connect("one", "one");
        var other = connect("other", "other");
        var together = new CyclicBarrier(CALLERS);
        var found = new ArrayList<Future<List<Account>>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < CALLERS; n++) {
                var asked = n % 2 == 0 ? List.of(one, other) : List.of(other, one);
                found.add(callers.submit(() -> {
                    together.await();
                    return sandboxAccounts(asked);
                }));
            }
        }

        var first = ids(found.getFirst().get());
        assertThat(first).doesNotHaveDuplicates().hasSize(2);
        for (int n = 0; n < CALLERS; n++) {
            assertThat(ids(found.get(n).get())).isEqualTo(n % 2 == 0 ? first : first.reversed());
        }
    }

    @Test
    void aSandboxAccountHasThePlatformAndTheNameOfItsAccountAsTheyAreNow() {
        var before = sandboxAccounts(List.of(connect("renamed", "old name"))).getFirst();

        var after = sandboxAccounts(List.of(connect("renamed", "new name"))).getFirst();

        assertThat(before.username()).isEqualTo("old name");
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.username()).isEqualTo("new name");
        assertThat(after.platform()).isEqualTo(Platform.MASTODON);
        assertThat(after.tenant().mode()).isEqualTo(Mode.TEST);
    }

    @Test
    void whatTheLiveAccountHasOfItsOwnStaysThere() {
        var live = connect("private", "private");

        var sandboxAccount = sandboxAccounts(List.of(live)).getFirst();

        assertThat(sandboxAccount.serviceUrl()).isNull();
        assertThat(carillon.bean(SealedCredentials.class)
                        .read(sandboxAccount.connected())
                        .values())
                .isEmpty();
        assertThat(carillon.bean(AccountService.class)
                        .list(carillon.live(), AccountFilter.ALL, new PageRequest(100, null))
                        .data())
                .extracting(Account::id)
                .contains(live.id())
                .doesNotContain(sandboxAccount.id());
    }

    private static Account connect(String externalId, String username) {
        var identity = new Identity(externalId, username, null, "https://social.example", "an app");
        var linked = new NewAccount(Platform.MASTODON, identity, new Credentials(Map.of("token", "secret")), Map.of());
        return carillon.bean(AccountService.class).connect(carillon.live(), linked);
    }

    private static List<Account> sandboxAccounts(List<Account> live) {
        return carillon.bean(Transactions.class)
                .inWorkspace(carillon.live().workspace(), () -> carillon.bean(SandboxAccounts.class)
                        .of(live));
    }

    private static List<String> ids(List<Account> accounts) {
        return accounts.stream().map(account -> account.id().toString()).toList();
    }
}
