package dev.carillon.worker;

import static dev.carillon.core.kernel.ErrorCode.OUTCOME_UNCONFIRMED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;
import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.attempt.AttemptService;
import dev.carillon.core.publication.attempt.StartedAttempt;
import dev.carillon.core.testing.SimulatedPlatform;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.jobs.lane.ClaimCapacity;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class PacingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private TestCarillon carillon;
    private SimulatedPlatform platform;
    private final AtomicInteger texts = new AtomicInteger();
    private Actor actor;
    private boolean started;

    @BeforeEach
    void start() {
        carillon = TestCarillon.start(Map.of(
                "carillon.testing.played-platform", "true",
                "carillon.publishing.retries.platform", "100ms,100ms,100ms,100ms,100ms,100ms,100ms,100ms",
                "carillon.publishing.call-deadline", "500ms",
                "carillon.publishing.breaker.first-pause", "700ms",
                "carillon.dispatch.lease", "5s"));
        platform = carillon.bean(SimulatedPlatform.class);
        actor = carillon.test();
    }

    @AfterEach
    void stop() {
        if (started) {
            carillon.bean(WorkerRole.class).close();
        }
        carillon.close();
    }

    private void work() {
        carillon.bean(WorkerRole.class).start();
        started = true;
    }

    // A platform may ban an account that posts more than its limit.
    @Test
    void noStretchOfTheWindowsLengthHoldsMorePostsThanThePlatformTakes() {
        Queue<Instant> arrivals = new ConcurrentLinkedQueue<>();
        Queue<Instant> elsewhere = new ConcurrentLinkedQueue<>();
        var limited = account(Platform.TIKTOK, "limited");
        var other = account(Platform.TIKTOK, "other");
        var posts = new ArrayList<Post>();
        for (int i = 0; i < 13; i++) {
            platform.answers(request -> {
                var heard = request.account().id().equals(other.id()) ? elsewhere : arrivals;
                heard.add(carillon.bean(Clocks.class).now());
                return SimulatedPlatform.published(request);
            });
            posts.add(publish(i < 12 ? limited : other));
        }

        work();
        posts.forEach(this::awaitPublished);

        var window = SimulatedPlatform.WINDOW_OF_TIKTOK;
        var times = List.copyOf(arrivals);
        assertThat(times).hasSize(12).allSatisfy(first -> assertThat(
                        times.stream().filter(at -> !at.isBefore(first) && at.isBefore(first.plus(window.length()))))
                .hasSizeLessThanOrEqualTo(window.posts()));
        assertThat(number("SELECT count(*) AS n FROM attempt"))
                .as("a deferral starts no attempt")
                .isEqualTo(13);
        assertThat(number("SELECT sum(failed_attempts) AS n FROM publication")).isZero();
        assertThat(
                        number(
                                "SELECT count(*) AS n FROM publication_step WHERE kind = 'deferred' AND detail ->> 'reason' = 'platform_limit'"))
                .as("deferrals recorded with their reason")
                .isPositive();
        assertThat(elsewhere).first().satisfies(at -> assertThat(at)
                .as("the other account is not delayed")
                .isBefore(times.get(5)));
    }

    // Otherwise two workers that both see one place left would both take it.
    @Test
    void twoWorkersNeverTakeTheSamePlaceInAWindow() throws Exception {
        var account = account(Platform.TIKTOK, "raced");
        for (int i = 0; i < 12; i++) {
            publish(account);
        }
        var claims = claim(12);
        assertThat(claims).hasSize(12);

        var begun = startInParallel(claims.subList(0, 4), claims.subList(4, 8), claims.subList(8, 12));

        assertThat(begun).hasSize(SimulatedPlatform.WINDOW_OF_TIKTOK.posts());
        assertThat(number("SELECT count(*) AS n FROM publication WHERE status = 'scheduled' AND lease_until IS NULL"))
                .isEqualTo(7);
        assertThat(claim(12))
                .as("publications that would be deferred again are not claimed")
                .isEmpty();
        assertThat(
                        number(
                                "SELECT count(*) AS n FROM publication_lane WHERE paused_until > next_due_at - interval '1 day'"))
                .isPositive();
    }

    // Otherwise a claim whose lease has run out, and which starts nothing, would still use up what the platform allows.
    @Test
    void aClaimThatNoLongerHoldsTakesNoPlaceInAWindow() throws Exception {
        var account = account(Platform.TIKTOK, "lapsed");
        for (int i = 0; i < 4; i++) {
            publish(account);
        }
        var lapsed = claim(4);
        assertThat(lapsed).hasSize(4);
        var held = lapsed.stream()
                .map(claim -> new Claim(claim.publication(), claim.generation() + 1))
                .toList();
        carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                .of("UPDATE publication SET generation = generation + 1")
                .update());

        assertThat(starting(lapsed).call()).isEmpty();
        assertThat(starting(held).call()).hasSize(4);

        assertThat(
                        number(
                                "SELECT sum(posts::integer) AS n FROM publish_budget, jsonb_each_text(taken) AS part (number, posts)"))
                .isEqualTo(4);
    }

    @Test
    void aHostThatKeepsFailingIsLeftAloneAndThenTriedByAFewUntilItIsBack() {
        var calls = new ConcurrentLinkedQueue<Instant>();
        var down = new AtomicBoolean(true);
        for (int i = 0; i < 500; i++) {
            platform.answers(request -> {
                calls.add(carillon.bean(Clocks.class).now());
                return down.get()
                        ? new Unavailable(Failure.of(PLATFORM_UNAVAILABLE, "down"))
                        : SimulatedPlatform.published(request);
            });
        }
        var posts = IntStream.range(0, 40)
                .mapToObj(i -> publish(account(Platform.SANDBOX, "account " + i)))
                .toList();

        work();
        await().atMost(SOON)
                .until(() -> number("SELECT coalesce(max(openings), 0)::bigint AS n FROM platform_host") >= 2);
        int beforeItIsBack = calls.size();
        down.set(false);
        posts.forEach(this::awaitPublished);

        // Everything that was claimed before the first failures were known, then three at a time.
        assertThat(beforeItIsBack).isLessThan(40 + 40);
        assertThat(number("SELECT max(openings)::bigint AS n FROM platform_host"))
                .isZero();
        assertThat(number("SELECT count(*) AS n FROM publication WHERE status <> 'published'"))
                .isZero();
    }

    @Test
    void whileAHostMayStillBeDownAllProcessesTogetherLetOnlyAFewThrough() throws Exception {
        var account = account(Platform.SANDBOX, "trial");
        for (int i = 0; i < 12; i++) {
            publish(account);
        }
        execute("INSERT INTO platform_host (host, paused_until, openings) "
                + "SELECT host, clock_timestamp() - interval '1 second', 3 FROM account");
        var claims = claim(12);

        var begun = startInParallel(claims.subList(0, 4), claims.subList(4, 8), claims.subList(8, 12));

        assertThat(begun).hasSize(3).allMatch(StartedAttempt::trial);
        assertThat(number("SELECT count(*) AS n FROM publication WHERE attempts = 0 AND failed_attempts = 0"))
                .isEqualTo(9);
        assertThat(claim(12)).isEmpty();
    }

    // A refusal is an answer, so the host works.
    @Test
    void refusalsAndLimitsOpenNoBreaker() {
        for (int i = 0; i < 10; i++) {
            platform.answers(request -> new PublishOutcome.Rejected(Failure.of(PLATFORM_UNAVAILABLE, "no")));
        }
        for (int i = 0; i < 10; i++) {
            publish(account(Platform.SANDBOX, "account " + i));
        }

        work();
        await().atMost(SOON).until(() -> number("SELECT count(*) AS n FROM publication WHERE status = 'failed'") == 10);

        assertThat(number("SELECT count(*) AS n FROM platform_host")).isZero();
    }

    @Test
    void silenceOpensTheBreakerToo() {
        for (int i = 0; i < 5; i++) {
            platform.answers(request -> new PublishOutcome.Unconfirmed(Failure.of(OUTCOME_UNCONFIRMED, "no answer")));
            publish(account(Platform.SANDBOX, "account " + i));
        }

        work();

        await().atMost(SOON)
                .until(() -> number("SELECT count(*) AS n FROM platform_host WHERE paused_until IS NOT NULL") == 1);
    }

    private List<StartedAttempt> startInParallel(List<Claim> one, List<Claim> two, List<Claim> three) throws Exception {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var batches = workers.invokeAll(List.of(starting(one), starting(two), starting(three)));
            var begun = new ArrayList<StartedAttempt>();
            for (var batch : batches) {
                begun.addAll(batch.get());
            }
            return begun;
        }
    }

    private Callable<List<StartedAttempt>> starting(List<Claim> claims) {
        return () -> carillon.bean(AttemptService.class).start(claims, "test", LEASE);
    }

    private List<Claim> claim(int rows) {
        return carillon
                .bean(LaneFactory.class)
                .of(LaneTables.PUBLICATIONS)
                .claim(
                        new ClaimCapacity(rows, false, Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of()),
                        LEASE,
                        carillon.bean(Clocks.class).now())
                .stream()
                .map(row -> new Claim(new PublicationId(row.id()), row.generation()))
                .collect(Collectors.toList());
    }

    private Account account(Platform named, String username) {
        var identity = new Identity(username, username, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(named, identity, Credentials.NONE, Map.of()));
    }

    private Post publish(Account account) {
        return carillon.bean(PostService.class)
                .accept(
                        actor,
                        aPost("hello " + texts.incrementAndGet()).on(account).build())
                .post();
    }

    private void awaitPublished(Post post) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        carillon.bean(PostService.class).get(actor, post.id()).status())
                .isEqualTo(PostStatus.PUBLISHED));
    }

    private long number(String statement) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(Sql.class).of(statement).one(row -> row.number("n")));
    }

    private void execute(String statement) {
        carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(Sql.class).of(statement).update());
    }
}
