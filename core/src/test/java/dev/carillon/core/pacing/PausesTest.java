package dev.carillon.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.testing.TestCarillon;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PausesTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    private static Actor somebodyIn(Mode mode) {
        return carillon.actor(carillon.newKey(carillon.newWorkspace(), mode));
    }

    @Test
    void anAccountIsStoppedInBothItsLanesAndNoLaterPauseShortensThat() {
        var ours = somebodyIn(Mode.TEST);
        var account = account(ours, "limited", "client");
        var free = account(ours, "free", "client");

        pause(PauseScope.ACCOUNT, account, NOON.plusSeconds(3600));
        pause(PauseScope.ACCOUNT, account, NOON.plusSeconds(60));

        assertThat(lanePauses(account)).containsExactly(NOON.plusSeconds(3600), NOON.plusSeconds(3600));
        assertThat(lanePauses(free)).isEmpty();
    }

    @Test
    void anIdentityIsStoppedInEveryWorkspaceThatHasConnectedIt() {
        var ours = somebodyIn(Mode.LIVE);
        var theirs = somebodyIn(Mode.LIVE);
        var account = account(ours, "did:plc:shared", "client");
        var sameElsewhere = account(theirs, "did:plc:shared", "client");
        var other = account(theirs, "did:plc:other", "client");

        pause(PauseScope.IDENTITY, account, NOON.plusSeconds(3600));
        pause(PauseScope.IDENTITY, account, NOON.plusSeconds(60));

        assertThat(sharedPause(account)).contains(NOON.plusSeconds(3600));
        assertThat(sharedPause(sameElsewhere)).contains(NOON.plusSeconds(3600));
        assertThat(sharedPause(other)).isEmpty();
    }

    @Test
    void anAppIsStoppedForAllItsAccountsAndNoOtherAppIs() {
        var ours = somebodyIn(Mode.LIVE);
        var theirs = somebodyIn(Mode.LIVE);
        var account = account(ours, "did:plc:a", "app one");
        var sameApp = account(theirs, "did:plc:b", "app one");
        var otherApp = account(theirs, "did:plc:c", "app two");

        pause(PauseScope.APP, account, NOON.plusSeconds(3600));

        assertThat(sharedPause(sameApp)).contains(NOON.plusSeconds(3600));
        assertThat(sharedPause(otherApp)).isEmpty();
    }

    // Otherwise a fault in one workspace would pause another workspace that has nothing to do with it.
    @Test
    void inTestModeNothingReachesBeyondTheWorkspace() {
        var ours = somebodyIn(Mode.TEST);
        var theirs = somebodyIn(Mode.TEST);
        var account = account(ours, "same name", "sandbox");
        var neighbour = account(ours, "other name", "sandbox");
        var sameElsewhere = account(theirs, "same name", "sandbox");

        pause(PauseScope.APP, account, NOON.plusSeconds(3600));
        pause(PauseScope.HOST, account, NOON.plusSeconds(3600));
        pause(PauseScope.IDENTITY, account, NOON.plusSeconds(3600));

        assertThat(sharedPause(neighbour)).contains(NOON.plusSeconds(3600));
        assertThat(lanePauses(account))
                .as("only its own lanes: it shares its identity with no account")
                .hasSize(2);
        assertThat(lanePauses(neighbour)).isEmpty();
        assertThat(sharedPause(sameElsewhere)).isEmpty();
        assertThat(lanePauses(sameElsewhere)).isEmpty();
    }

    private static Account account(Actor actor, String externalId, String client) {
        var identity = new Identity(externalId, externalId, null, null, client);
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.BLUESKY, identity, Credentials.NONE, Map.of()));
    }

    private static void pause(PauseScope scope, Account account, Instant until) {
        carillon.bean(Transactions.class).acrossWorkspaces(() -> {
            carillon.bean(Pauses.class).pause(List.of(new Pause(scope, account.id(), until)));
            return until;
        });
    }

    private static List<Instant> lanePauses(Account account) {
        return list("SELECT paused_until FROM publication_lane WHERE lane_key = ?", account);
    }

    private static Optional<Instant> sharedPause(Account account) {
        return list("SELECT paused_until FROM publication_lane_pause WHERE lane_key = ?", account).stream()
                .findFirst();
    }

    private static List<Instant> list(String statement, Account account) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(() ->
                        carillon.bean(Sql.class).of(statement, account.id()).list(row -> row.instant("paused_until")));
    }
}
