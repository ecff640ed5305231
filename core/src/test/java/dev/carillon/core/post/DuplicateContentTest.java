package dev.carillon.core.post;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.duplicate.ContentGuard;
import dev.carillon.core.testing.TestCarillon;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without the guard, a caller that lost a reply and repeats the request without an idempotency key would publish the same post twice. */
class DuplicateContentTest {
    private static final When NOW = new When.Now();

    private static TestCarillon carillon;
    private static PostService posts;
    private static Actor actor;
    private static int accounts;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        posts = carillon.bean(PostService.class);
        actor = carillon.test();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void theSameContentOnTheSameAccountIsRefusedWithTheOtherPostAndItsState() {
        var account = account();
        var first = posts.accept(actor, saying("hello", NOW, account)).post();

        assertThatThrownBy(() -> posts.accept(actor, saying("hello", NOW, account)))
                .isInstanceOfSatisfying(ApiException.class, exception -> {
                    assertThat(exception.code()).isEqualTo(ErrorCode.DUPLICATE_CONTENT);
                    assertThat(exception.detail())
                            .contains(first.id().toString(), account.toString(), "scheduled", "allow_duplicate");
                    assertThat(exception.findings()).singleElement().satisfies(finding -> assertThat(finding.pointer())
                            .isEqualTo("/targets/0"));
                    assertThat(exception.duplicateOf())
                            .isEqualTo(new ApiException.Duplicate(
                                    first.id(),
                                    "scheduled",
                                    first.publications().getFirst().id(),
                                    "scheduled",
                                    null));
                });
        assertThat(posts.accept(
                                actor,
                                aPost("hello").on(account).allowDuplicate().build())
                        .post()
                        .status())
                .isEqualTo(first.status());
        assertThatThrownBy(() -> posts.accept(actor, saying("hello", NOW, account)))
                .satisfies(DuplicateContentTest::isDuplicate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "caf\u00e9 au lait|cafe\u0301 au lait|true",
                "two words| two \u00a0\u2003  words\t|true",
                "Words|words|false",
                "one word|oneword|false",
            })
    void textsThatLookTheSameAreTheSame(String one, String two, boolean same) {
        var account = account();
        posts.accept(actor, saying(one, NOW, account));

        if (same) {
            assertThatThrownBy(() -> posts.accept(actor, saying(two, NOW, account)))
                    .satisfies(DuplicateContentTest::isDuplicate);
        } else {
            posts.accept(actor, saying(two, NOW, account));
        }
    }

    @Test
    void theSameTextOnSeveralAccountsOfOnePostIsNoDuplicate() {
        var one = account();
        var two = account();

        assertThat(posts.accept(actor, saying("to all", NOW, one, two)).post().publications())
                .hasSize(2);
        assertThatThrownBy(() -> posts.accept(actor, saying("to all", NOW, account(), two, one)))
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.findings())
                        .extracting(ApiException.Finding::pointer)
                        .containsExactly("/targets/1", "/targets/2"));
    }

    @Test
    void whatOneTargetSaysDifferentlyCounts() {
        var account = account();
        posts.accept(actor, saying("in common", NOW, account));
        var target = new NewTarget(account, "in other words", null, Map.of(), null);

        posts.accept(actor, aPost("in common").on(target).build());

        assertThatThrownBy(() -> posts.accept(actor, saying("in other words", NOW, account)))
                .satisfies(DuplicateContentTest::isDuplicate);
    }

    @Test
    void aDraftNeitherIsADuplicateNorMakesOne() {
        var account = account();
        posts.accept(actor, saying("perhaps", new When.Draft(), account));
        posts.accept(actor, saying("perhaps", NOW, account));

        posts.accept(actor, saying("perhaps", new When.Draft(), account));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduled",
                "pending_approval",
                "held",
                "publishing",
                "processing",
                "published",
                "outcome_unknown"
            })
    void whatIsOutOrMayGetThereCounts(String status) throws SQLException {
        var account = account();
        stand(posts.accept(actor, saying("still there", NOW, account)).post(), "status = '%s'".formatted(status));

        assertThatThrownBy(() -> posts.accept(actor, saying("still there", NOW, account)))
                .satisfies(DuplicateContentTest::isDuplicate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'canceled'",
                "status = 'failed'",
                "status = 'missed'",
                "status = 'published', deleted_at = clock_timestamp()"
            })
    void whatIsNotThereAndWillNotGetThereDoesNotCount(String state) throws SQLException {
        var account = account();
        stand(posts.accept(actor, saying("gone", NOW, account)).post(), state);

        posts.accept(actor, saying("gone", NOW, account));
    }

    @Test
    void theSameContentMayGoOutAgainAfterTheWindow() {
        var account = account();
        var monday = carillon.bean(Clocks.class).now().plus(Duration.ofDays(3));
        posts.accept(actor, saying("good morning", at(monday), account));
        posts.accept(actor, saying("good morning", at(monday.plus(Duration.ofDays(1))), account));
        posts.accept(actor, saying("good morning", at(monday.plus(Duration.ofDays(2))), account));

        for (var taken : List.of(Duration.ZERO, Duration.ofHours(-23), Duration.ofHours(30), Duration.ofHours(71))) {
            assertThatThrownBy(() -> posts.accept(actor, saying("good morning", at(monday.plus(taken)), account)))
                    .as("%s after the first", taken)
                    .satisfies(DuplicateContentTest::isDuplicate);
        }
        posts.accept(actor, saying("good morning", at(monday.plus(Duration.ofDays(3))), account));
    }

    // A check followed by an insert would let both callers pass if both check first.
    @Test
    void ofManyThatComeAtTheSameTimeExactlyOnePasses() throws Exception {
        for (int round = 0; round < 5; round++) {
            var account = account();
            var outcomes = atOnce(8, n -> posts.accept(actor, saying("me first", NOW, account)));

            assertThat(outcomes.stream().filter("created"::equals)).hasSize(1);
            assertThat(outcomes).allMatch(List.of("created", "duplicate_content")::contains);
        }
    }

    // If rows were locked in the order of the targets, these posts would deadlock.
    @Test
    void postsWithTheSameAccountsInAnotherOrderDoNotBlockEachOther() throws Exception {
        for (int round = 0; round < 5; round++) {
            var some = new AccountId[] {account(), account(), account(), account()};
            var reversed = List.of(some).reversed().toArray(AccountId[]::new);
            var outcomes = atOnce(6, n -> posts.accept(actor, saying("crossing", NOW, n % 2 == 0 ? some : reversed)));

            assertThat(outcomes.stream().filter("created"::equals)).hasSize(1);
            assertThat(outcomes).allMatch(List.of("created", "duplicate_content")::contains);
        }
    }

    @Test
    void anotherPublicationOfTheAccountAtNearlyTheSameTimeIsWorthAWarning() {
        var account = account();
        var time = carillon.bean(Clocks.class).now().plus(Duration.ofDays(1));
        var first = posts.accept(actor, saying("one", at(time), account)).post();

        var near = posts.accept(actor, saying("two", at(time.plusSeconds(59)), account(), account));
        var far = posts.accept(actor, saying("three", at(time.plusSeconds(120)), account));

        assertThat(near.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("publish_time_close");
            assertThat(warning.pointer()).isEqualTo("/targets/1");
            assertThat(warning.message())
                    .contains(first.publications().getFirst().id().toString());
        });
        assertThat(far.warnings()).isEmpty();
    }

    @Test
    void theGuardForgetsWhatNobodyCanMeetAndKeepsNoText() throws SQLException {
        var account = account();
        posts.accept(actor, saying("a secret to nobody", NOW, account));
        execute("UPDATE content_guard SET publish_at = publish_at - interval '49 hours' WHERE account_id = '%s'"
                .formatted(account.value()));
        posts.accept(actor, saying("young", NOW, account));
        var guard = carillon.bean(ContentGuard.class);

        guard.forget(100);

        assertThat(number("SELECT count(*) FROM content_guard WHERE account_id = '%s'".formatted(account.value())))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM content_guard WHERE content_guard::text LIKE '%secret%'"))
                .isZero();
    }

    private interface Creating {
        void create(int n);
    }

    private static List<String> atOnce(int threads, Creating creating) throws Exception {
        var start = new CyclicBarrier(threads);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<String>>();
            for (int i = 0; i < threads; i++) {
                int n = i;
                running.add(pool.submit((Callable<String>) () -> {
                    start.await();
                    try {
                        creating.create(n);
                        return "created";
                    } catch (ApiException exception) {
                        return exception.code().wireName();
                    }
                }));
            }
            var outcomes = new ArrayList<String>();
            for (var each : running) {
                outcomes.add(each.get());
            }
            return outcomes;
        }
    }

    private static AccountId account() {
        var name = "said-" + accounts++;
        return carillon.bean(AccountService.class)
                .connect(
                        actor,
                        new NewAccount(
                                Platform.SANDBOX,
                                new Identity(name, name, null, null, "sandbox"),
                                Credentials.NONE,
                                Map.of()))
                .id();
    }

    private static NewPost saying(String text, When when, AccountId... accounts) {
        return aPost(text).on(accounts).when(when).build();
    }

    private static When at(Instant time) {
        return new When.At(time, false);
    }

    private static void isDuplicate(Throwable thrown) {
        assertThat(((ApiException) thrown).code()).isEqualTo(ErrorCode.DUPLICATE_CONTENT);
    }

    /** Puts a publication into a state that this test cannot reach otherwise. */
    private static void stand(Post post, String state) throws SQLException {
        execute("""
                UPDATE publication
                SET hold_reason = 'reconnect', failure = '{"code": "platform_rejected", "message": "no"}', ticket = '{}', platform_post_id = '1',
                    permalink = 'https://played.example/1', platform_refs = '{}', published_at = clock_timestamp(), %s
                WHERE post_id = '%s'
                """.formatted(state, post.id().value()));
    }

    private static void execute(String statement) throws SQLException {
        try (var connection = carillon.database().asDispatch().getConnection();
                var statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }

    private static long number(String query) throws SQLException {
        try (var connection = carillon.database().asDispatch().getConnection();
                var statements = connection.createStatement();
                var rows = statements.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
