package dev.carillon.core.publication.reconciliation;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.testing.TestCarillon;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two publications with the same text on one account: if one took the other's post for its own, one of the two would be lost. */
class SameTextQueriesTest {
    private static final LookUp.Found FOUND =
            new LookUp.Found(new PlatformPost("17", "https://x.example/17", Map.of()));
    private static final String UNKNOWN = "status = 'outcome_unknown', due_at = now(), lease_until = NULL";
    private static final String SAME_TEXT = "abc";

    private static TestCarillon carillon;
    private static int count;

    private AccountId account;
    private Publication asked;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @BeforeEach
    void unknownOutcome() throws SQLException {
        account = account();
        asked = publication(account, UNKNOWN, SAME_TEXT);
    }

    @Test
    void aFoundPostIsBelievedWhenNobodyElseSaysTheSame() throws SQLException {
        publication(account, UNKNOWN, "other");
        publication(account(), UNKNOWN, SAME_TEXT);

        assertThat(believed(RecoveryCapability.HEURISTIC_LOOK_UP)).isEqualTo(FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'publishing', lease_until = now() + interval '1 minute'",
                "status = 'outcome_unknown', due_at = NULL, lease_until = now() + interval '1 minute'",
                "status = 'outcome_unknown', due_at = NULL, lease_until = NULL",
                UNKNOWN
            })
    void whileATwinIsOpenThePostMayBeItsOwn(String twin) throws SQLException {
        publication(account, twin, SAME_TEXT);

        assertThat(believed(RecoveryCapability.HEURISTIC_LOOK_UP)).isInstanceOf(LookUp.NotAnswered.class);
        assertThat(believed(RecoveryCapability.EXACT_LOOK_UP)).isEqualTo(FOUND);
    }

    @Test
    void aPostThatAnotherPublicationHasIsNotTakenFromIt() throws SQLException {
        publication(account, "status = 'published', due_at = NULL, platform_post_id = '17'", SAME_TEXT);

        assertThat(believed(RecoveryCapability.HEURISTIC_LOOK_UP)).isInstanceOf(LookUp.NotAnswered.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'published', due_at = NULL, platform_post_id = '16'",
                "status = 'failed', due_at = NULL",
                "status = 'scheduled', due_at = now() + interval '1 hour'"
            })
    void aTwinThatHasAnotherPostOrCertainlyNoneDoesNotStandInTheWay(String twin) throws SQLException {
        publication(account, twin, SAME_TEXT);

        assertThat(believed(RecoveryCapability.HEURISTIC_LOOK_UP)).isEqualTo(FOUND);
    }

    private LookUp believed(RecoveryCapability capability) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(SameTextQueries.class).believed(asked, FOUND, capability));
    }

    private static AccountId account() {
        var name = "twin" + ++count;
        var identity = new Identity(name, name, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(carillon.test(), new NewAccount(Platform.X, identity, Credentials.NONE, Map.of()))
                .id();
    }

    private static Publication publication(AccountId account, String state, String textHash) throws SQLException {
        var made = carillon.bean(PostService.class)
                .accept(
                        carillon.test(),
                        aPost("text " + ++count).on(account).draft().build())
                .post()
                .publications()
                .getFirst();
        update(made, "checkpoint = jsonb_build_object('text_hash', '%s')".formatted(textHash));
        var kept = carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(PublicationQueries.class).find(made.tenant(), made.id()));
        update(made, state);
        return kept.orElseThrow();
    }

    private static void update(Publication publication, String what) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var update = connection.prepareStatement("UPDATE publication SET " + what + " WHERE id = ?")) {
            update.setObject(1, publication.id().value());
            update.executeUpdate();
        }
    }
}
