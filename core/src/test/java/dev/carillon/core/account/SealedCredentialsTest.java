package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.platform.CredentialStore.CredentialsGone;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.testing.TestCarillon;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SealedCredentialsTest {
    private static final Credentials OLD = new Credentials(Map.of("token", "very-secret-token"));
    private static final Credentials FRESH = new Credentials(Map.of("token", "renewed"));
    private static TestCarillon carillon;
    private static Actor actor;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        actor = carillon.live();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    // Some platforms end the session when two processes refresh a token at once.
    @Test
    void parallelRenewalsMakeOneCallAndAllGetItsResult() throws Exception {
        var account = connect("parallel");
        var calls = new AtomicInteger();
        Callable<Credentials> renewing = () -> store().renew(account.connected(), OLD, stale -> {
            calls.incrementAndGet();
            return FRESH;
        });

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var renewed : threads.invokeAll(Collections.nCopies(8, renewing))) {
                assertThat(renewed.get()).isEqualTo(FRESH);
            }
        }

        assertThat(calls).hasValue(1);
        assertThat(store().read(account.connected())).isEqualTo(FRESH);
    }

    @Test
    void aRenewalThatFailsLeavesTheOldOnesAndTheNextMayTryAtOnce() {
        var account = connect("fails");

        assertThatThrownBy(() -> store().renew(account.connected(), OLD, stale -> {
                    throw new IllegalStateException("platform down");
                }))
                .hasMessage("platform down");

        assertThat(store().read(account.connected())).isEqualTo(OLD);
        assertThat(store().renew(account.connected(), OLD, stale -> FRESH)).isEqualTo(FRESH);
    }

    @Test
    void theStoredRowDoesNotHoldTheToken() throws Exception {
        var account = connect("stored");

        try (var connection = carillon.database().asOwner().getConnection();
                var query =
                        connection.prepareStatement("SELECT sealed FROM account_credentials WHERE account_id = ?")) {
            query.setObject(1, account.id().value());
            var rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1))
                    .doesNotContain("very-secret-token");
        }
        assertThat(OLD.toString()).doesNotContain("very-secret-token");
    }

    @Test
    void disconnectingWipesThemForGood() {
        var account = connect("gone");

        carillon.bean(AccountService.class).disconnect(actor, account.id());

        assertThatThrownBy(() -> store().read(account.connected())).isInstanceOf(CredentialsGone.class);
    }

    private static SealedCredentials store() {
        return carillon.bean(SealedCredentials.class);
    }

    private static Account connect(String name) {
        var identity = new Identity(name, name, null, null, "example.com");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.BLUESKY, identity, OLD, Map.of()));
    }
}
