package dev.carillon.worker;

import static dev.carillon.core.kernel.ErrorCode.AUTH_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.OUTCOME_UNCONFIRMED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_RATE_LIMITED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_REJECTED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;
import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.core.testing.SimulatedPlatform;
import dev.carillon.core.testing.TestCarillon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerRoleTest {
    private static final Failure NO_ANSWER = Failure.of(OUTCOME_UNCONFIRMED, "no answer");
    private static final Duration SOON = Duration.ofSeconds(20);

    private TestCarillon carillon;
    private SimulatedPlatform platform;
    private final AtomicInteger texts = new AtomicInteger();
    private Actor actor;

    @BeforeEach
    void start() {
        carillon = TestCarillon.start(Map.of(
                "carillon.testing.played-platform", "true",
                "carillon.publishing.retries.platform", "100ms,100ms",
                "carillon.publishing.call-deadline", "500ms",
                "carillon.publishing.absence-grace", "200ms",
                "carillon.publishing.look-ups", "100ms,100ms,200ms,200ms,500ms,500ms,1s,1s",
                "carillon.dispatch.lease", "1s"));
        platform = carillon.bean(SimulatedPlatform.class);
        actor = carillon.test();
        carillon.bean(WorkerRole.class).start();
    }

    @AfterEach
    void stop() {
        carillon.bean(WorkerRole.class).close();
        carillon.close();
    }

    @Test
    void aPostThatIsDueIsPublishedAnnouncedAndMeteredOnce() {
        var post = publish(account("plain"));

        awaitStatus(post, PostStatus.PUBLISHED);

        assertThat(platform.received()).hasSize(1);
        assertThat(eventsOf(post)).containsExactly("post.created", "post.published");
        assertThat(eventsOf(publication(post))).containsExactly("publication.published");
        assertThat(count("SELECT count(*) AS n FROM meter_event WHERE amount_micros = 10000"))
                .isOne();
        assertThat(count("SELECT count(*) AS n FROM spend_reservation WHERE state = 'settled'"))
                .isOne();
        assertThat(attempts(post)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("published");
            assertThat(attempt.endedAt()).isAfterOrEqualTo(attempt.startedAt());
        });
    }

    @Test
    void anAttemptKeepsItsCallsToThePlatform() {
        var http = carillon.bean(OutboundHttp.class);
        platform.answers(request -> {
            http.send(OutboundRequest.get(
                    Purpose.PLATFORM, "https://10.1.2.3/path?secret=1", Deadline.in(Duration.ofSeconds(1))));
            return new PublishOutcome.Rejected(
                    Failure.of(PLATFORM_REJECTED, "The platform said no.", "We do not like it."));
        });
        var post = publish(account("calls"));

        awaitStatus(post, PostStatus.FAILED);

        assertThat(attempts(post)).singleElement().satisfies(attempt -> {
            assertThat(attempt.platformMessage()).isEqualTo("We do not like it.");
            assertThat(attempt.exchanges()).singleElement().satisfies(exchange -> {
                assertThat(exchange.host()).isEqualTo("10.1.2.3");
                assertThat(exchange.path()).isEqualTo("/path");
                assertThat(exchange.trouble()).isEqualTo("never_sent: forbidden_address");
            });
        });
    }

    // Publishing early cannot be undone.
    @Test
    void aPostIsNeverSentBeforeItsTime() {
        var due = carillon.bean(Clocks.class).now().plusSeconds(2);
        var post = create(account("later"), new When.At(due, false));

        awaitStatus(post, PostStatus.PUBLISHED);

        assertThat(attempts(post).getFirst().startedAt()).isAfterOrEqualTo(due);
    }

    @Test
    void whatCertainlyDidNotArriveIsTriedAgainAndThenGivenUpWithTheReason() {
        for (int i = 0; i < 3; i++) {
            platform.answers(request -> new PublishOutcome.Unavailable(Failure.of(PLATFORM_UNAVAILABLE, "down")));
        }

        var post = publish(account("down"));
        awaitStatus(post, PostStatus.FAILED);

        assertThat(attempts(post))
                .extracting(Attempt::outcome)
                .containsOnly("unavailable")
                .hasSize(3);
        assertThat(failureOf(post).message()).contains("3 attempts").contains("down");
        assertThat(count("SELECT count(*) AS n FROM spend_reservation WHERE state = 'released'"))
                .isOne();
        assertThat(count("SELECT count(*) AS n FROM meter_event")).isZero();
    }

    // A retry without a lookup could publish the post twice.
    @Test
    void whatMayHaveArrivedIsAskedForAndNotSentAgain() {
        platform.answers(request -> {
            platform.answersLookUp(new LookUp.Found(SimulatedPlatform.postOf(request)));
            return new PublishOutcome.Unconfirmed(NO_ANSWER);
        });

        var post = publish(account("doubt"));
        awaitStatus(post, PostStatus.PUBLISHED);

        assertThat(platform.received()).hasSize(1);
        assertThat(eventsOf(publication(post))).containsExactly("publication.outcome_unknown", "publication.published");
        assertThat(count("SELECT count(*) AS n FROM meter_event")).isOne();
    }

    @Test
    void absenceCountsOnlyOnceTheFirstCallCanNoLongerArrive() {
        platform.answers(request -> new PublishOutcome.Unconfirmed(NO_ANSWER));

        var post = publish(account("absent"));
        awaitStatus(post, PostStatus.PUBLISHED);

        var attempts = attempts(post);
        assertThat(attempts).hasSize(2);
        assertThat(Duration.between(attempts.get(0).startedAt(), attempts.get(1).startedAt()))
                .isGreaterThan(Duration.ofMillis(700));
    }

    // A worker that continues after its lease expired must not overwrite the outcome that was recorded meanwhile.
    @Test
    void aWorkerThatLostItsLeaseCannotRecordAnything() throws InterruptedException {
        var hold = new CountDownLatch(1);
        platform.answers(request -> {
            awaitLatch(hold);
            platform.answersLookUp(new LookUp.Absent());
            return new PublishOutcome.Rejected(Failure.of(PLATFORM_UNAVAILABLE, "too late to say"));
        });

        var post = publish(account("late"));
        awaitStatus(post, PostStatus.PUBLISHED);
        hold.countDown();
        carillon.bean(WorkerRole.class).close();

        assertThat(get(post).status()).isEqualTo(PostStatus.PUBLISHED);
        assertThat(attempts(post)).extracting(Attempt::outcome).containsExactly("interrupted", "published");
    }

    @Test
    void aLimitPausesItsAccountAndNoOther() {
        var limited = account("limited");
        var until = Instant.now().plusSeconds(3600);
        platform.answers(request ->
                new PublishOutcome.Throttled(until, PauseScope.ACCOUNT, Failure.of(PLATFORM_RATE_LIMITED, "too many")));
        var first = publish(limited);
        await().atMost(SOON)
                .until(() -> attempts(first).size() == 1
                        && attempts(first).getFirst().endedAt() != null);

        var second = publish(limited);
        var elsewhere = publish(account("free"));
        awaitStatus(elsewhere, PostStatus.PUBLISHED);

        assertThat(get(second).status()).isEqualTo(PostStatus.SCHEDULED);
        assertThat(platform.received()).hasSize(2);
    }

    @Test
    void anAccountThatWasLostHoldsItsPublications() {
        platform.answers(request -> new PublishOutcome.AccessLost(Failure.of(AUTH_REVOKED, "token revoked")));
        var account = account("lost");

        var post = publish(account);
        await().atMost(SOON).until(() -> get(post).publications().getFirst().status() == PublicationStatus.HELD);

        assertThat(carillon.bean(AccountService.class).get(actor, account.id()).status())
                .isEqualTo(AccountStatus.NEEDS_REAUTH);
        assertThat(get(post).status()).isEqualTo(PostStatus.IN_PROGRESS);
    }

    // A post is never both canceled and published: the database decides which came first.
    @Test
    void aCancelThatWinsMeansNoCallAndOneThatLosesIsRefused() {
        var account = account("race");
        for (int i = 0; i < 20; i++) {
            var post = publish(account);
            boolean canceled = cancel(post);
            await().atMost(SOON).until(() -> isEnded(post));

            assertThat(get(post).status()).isEqualTo(canceled ? PostStatus.CANCELED : PostStatus.PUBLISHED);
            assertThat(platform.received().stream()
                            .map(PublishRequest::publication)
                            .toList())
                    .as("platform calls for the post (canceled: %s)", canceled)
                    .matches(calls -> calls.contains(publication(post)) != canceled);
        }
    }

    private boolean cancel(Post post) {
        try {
            return carillon.bean(PostService.class).cancel(actor, post.id()).status() == PostStatus.CANCELED;
        } catch (dev.carillon.core.kernel.ApiException refused) {
            return false;
        }
    }

    private boolean isEnded(Post post) {
        var status = get(post).status();
        return status == PostStatus.PUBLISHED || status == PostStatus.CANCELED;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Account account(String username) {
        var identity = new Identity(username, username, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.SANDBOX, identity, Credentials.NONE, Map.of()));
    }

    private Post publish(Account account) {
        return create(account, new When.Now());
    }

    private Post create(Account account, When when) {
        return carillon.bean(PostService.class)
                .accept(
                        actor,
                        aPost("hello " + texts.incrementAndGet())
                                .on(account)
                                .when(when)
                                .build())
                .post();
    }

    private void awaitStatus(Post post, PostStatus status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(get(post).status()).isEqualTo(status));
    }

    private Post get(Post post) {
        return carillon.bean(PostService.class).get(actor, post.id());
    }

    private Failure failureOf(Post post) {
        return java.util.Objects.requireNonNull(
                get(post).publications().getFirst().failure());
    }

    private static PublicationId publication(Post post) {
        return post.publications().getFirst().id();
    }

    private List<Attempt> attempts(Post post) {
        return carillon.bean(PublicationService.class).attempts(actor, publication(post));
    }

    private List<String> eventsOf(Post post) {
        return eventsOf(post.id().toString());
    }

    private List<String> eventsOf(PublicationId publication) {
        return eventsOf(publication.toString());
    }

    private List<String> eventsOf(String object) {
        return carillon.eventsAbout(actor, object).stream()
                .map(RecordedEvent::type)
                .toList();
    }

    private long count(String statement) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(Sql.class).of(statement).one(row -> row.number("n")));
    }
}
