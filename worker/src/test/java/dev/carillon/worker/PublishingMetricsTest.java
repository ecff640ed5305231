package dev.carillon.worker;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.testclock.NewTestClock;
import dev.carillon.core.testclock.TestClock;
import dev.carillon.core.testclock.TestClockService;
import dev.carillon.core.workspace.WorkspaceHealthService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics of a worker on a real database, and of a worker that has lost its database. */
@Timeout(60)
class PublishingMetricsTest {
    private final MeterRegistry seen = new SimpleMeterRegistry();
    private Workshop work;

    @BeforeEach
    void start() {
        work = new Workshop(Map.of("carillon.metrics.enabled", "true", "carillon.metrics.count-every", "100ms"));
        work.bean(CompositeMeterRegistry.class).add(seen);
    }

    @AfterEach
    void stop() {
        work.close();
        seen.close();
    }

    @Test
    void aLatePostIsCountedOnceWithHowLateItWas() {
        var late = dueEarlier(Duration.ofMinutes(3), work.account("late"));

        work.start();
        work.awaitStatus(late, PublicationStatus.PUBLISHED);

        assertThat(lateness(Mode.TEST).count()).isOne();
        assertThat(lateness(Mode.TEST).totalTime(TimeUnit.SECONDS)).isBetween(180.0, 240.0);
        assertThat(recentLateness(0.5)).isBetween(170.0, 250.0);
        assertThat(lateness(Mode.LIVE).count()).isZero();
        assertThat(attempts("published")).isOne();
    }

    // Retries are late by design. If they counted, a platform's failure would look like ours.
    @Test
    void onlyTheFirstAttemptTellsHowLateAPostIs() {
        work.platform()
                .answers(request -> new PublishOutcome.Unavailable(Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "down")));

        work.start();
        var retried = work.publish("retried");
        work.awaitStatus(retried, PublicationStatus.PUBLISHED);

        assertThat(lateness(Mode.TEST).count()).isOne();
        assertThat(lateness(Mode.TEST).max(TimeUnit.SECONDS)).isLessThan(30);
        assertThat(attempts("unavailable")).isOne();
        await().untilAsserted(() -> assertThat(attempts("published")).isOne());
    }

    // Posts of a month that a test clock runs through in a second are neither early nor late.
    @Test
    void underATestClockAPostIsAsLateAsTheClockSays() {
        work.start();
        var begin = Instant.parse("2027-03-01T00:00:00Z");
        var clock = attached(work.actor(), begin);
        var scheduled = work.post(new When.At(begin.plus(Duration.ofDays(30)), false), work.account("monthly"))
                .publications()
                .getFirst()
                .id();

        work.bean(TestClockService.class).advance(work.actor(), clock.id(), begin.plus(Duration.ofDays(31)));
        work.awaitStatus(scheduled, PublicationStatus.PUBLISHED);

        assertThat(lateness(Mode.TEST).count()).isOne();
        assertThat(lateness(Mode.TEST).totalTime(TimeUnit.SECONDS)).isLessThan(1);
    }

    @Test
    void whatIsInTheHandsOfADispatcherIsSeen() {
        var hold = new CountDownLatch(1);
        work.platform().answers(request -> {
            awaitLatch(hold);
            return new PublishOutcome.Rejected(Failure.of(ErrorCode.PLATFORM_REJECTED, "no"));
        });

        work.start();
        var held = work.publish("held");

        await().untilAsserted(() -> assertThat(inFlight()).isOne());
        hold.countDown();
        work.awaitStatus(held, PublicationStatus.FAILED);
        await().untilAsserted(() -> assertThat(inFlight()).isZero());
    }

    // This number triggers alerts. It must agree with the health page of each workspace.
    @Test
    void whatIsOverdueAltogetherIsWhatIsOverdueInEachWorkspace() {
        var paused = work.account("paused");
        work.start();
        work.awaitStatus(work.publish("served"), PublicationStatus.PUBLISHED);
        pausedForAnHour(paused);
        work.post(paused);
        work.post(paused);
        work.post(new When.At(now().plus(Duration.ofHours(1)), false), work.account("ahead"));
        var elsewhere = work.newTester();

        await().untilAsserted(() -> assertThat(overdue(Mode.TEST)).isEqualTo(2));
        assertThat(overdueIn(work.actor())).isEqualTo(2);
        assertThat(overdueIn(elsewhere)).isZero();
        assertThat(overdue(Mode.LIVE)).isZero();
    }

    // You look at this number when a dispatcher hangs. Publications that it has not seen, or has claimed, count too.
    @Test
    void whatNoDispatcherHasSeenIsOverdueAsWell() {
        var health = work.bean(WorkspaceHealthService.class);
        var unseen = work.publish("unseen");
        var claimed = work.publish("claimed");
        work.post(new When.At(now().plus(Duration.ofHours(1)), false), work.account("ahead"));
        work.update(
                "UPDATE publication SET lease_until = clock_timestamp() + interval '1 minute' WHERE id = ?", claimed);

        await().untilAsserted(() -> assertThat(health.overdueEverywhere()).isEqualTo(overdue(2)));

        assertThat(overdueIn(work.actor())).isEqualTo(2);
        work.update("UPDATE publication SET status = 'canceled' WHERE id = ?", unseen);
        assertThat(health.overdueEverywhere()).isEqualTo(overdue(1));
    }

    @Test
    void eachWorkspaceIsOverdueByItsOwnTime() {
        var early = Instant.parse("2020-03-01T00:00:00Z");
        var ahead = Instant.parse("2050-03-01T00:00:00Z");
        var health = work.bean(WorkspaceHealthService.class);
        var past = work.newTester();
        var future = work.newTester();
        attached(past, early);
        attached(future, ahead);
        scheduled(past, early.plusSeconds(60));
        scheduled(future, ahead.plusSeconds(60));
        scheduled(work.actor(), now().plusSeconds(3_600));
        assertThat(health.overdueEverywhere()).isEqualTo(overdue(0));

        work.update(
                "UPDATE test_clock SET shows = shows + interval '1 hour' WHERE workspace_id = ?", future.workspace());

        assertThat(health.overdueEverywhere()).isEqualTo(overdue(1));
        assertThat(overdueIn(past)).isZero();
        assertThat(overdueIn(future)).isOne();
    }

    // The last value from before the outage would suggest that all is well.
    @Test
    void nothingIsSaidOfWhatCannotBeCounted() {
        work.start();
        await().untilAsserted(() -> assertThat(overdue(Mode.LIVE)).isZero());

        work.loseDatabase();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(overdue(Mode.LIVE)).isNaN());
    }

    private PublicationId dueEarlier(Duration by, Account account) {
        var id = work.post(account).publications().getFirst().id();
        work.update(
                "UPDATE publication SET publish_at = publish_at - ? * interval '1 second', due_at = due_at - ? * interval '1 second' WHERE id = ?",
                by.toSeconds(),
                by.toSeconds(),
                id);
        return id;
    }

    private void scheduled(Actor whose, Instant at) {
        var account = work.bean(AccountService.class)
                .connect(
                        whose,
                        new NewAccount(
                                Platform.SANDBOX,
                                new Identity("me", "me", null, null, "sandbox"),
                                Credentials.NONE,
                                Map.of()));
        work.bean(PostService.class)
                .accept(
                        whose,
                        aPost("in its own time")
                                .on(account)
                                .when(new When.At(at, false))
                                .build());
    }

    private TestClock attached(Actor whose, Instant shows) {
        var clocks = work.bean(TestClockService.class);
        var clock = clocks.attach(
                whose,
                clocks.create(whose, new NewTestClock(null, shows, Map.of())).id());
        clocks.awaitNoticed(whose);
        return clock;
    }

    private void pausedForAnHour(Account account) {
        for (var urgent : List.of(true, false)) {
            work.update("""
                    INSERT INTO publication_lane AS lane (lane_key, urgent, workspace_id, livemode, paused_until)
                    VALUES (?, ?, ?, false, clock_timestamp() + interval '1 hour')
                    ON CONFLICT (lane_key, urgent) DO UPDATE SET paused_until = excluded.paused_until
                    """, account.id(), urgent, work.actor().workspace());
        }
    }

    private Instant now() {
        return work.bean(Clocks.class).now();
    }

    private static Map<Mode, Long> overdue(long inTestMode) {
        return Map.of(Mode.LIVE, 0L, Mode.TEST, inTestMode);
    }

    private long overdueIn(Actor whose) {
        return work.bean(WorkspaceHealthService.class).of(whose).overdue();
    }

    private Timer lateness(Mode mode) {
        return seen.get("carillon.publication.lateness").tags(ByMode.tag(mode)).timer();
    }

    private double recentLateness(double quantile) {
        var timer = seen.get("carillon.publication.lateness.recent")
                .tags(ByMode.tag(Mode.TEST))
                .timer();
        return List.of(timer.takeSnapshot().percentileValues()).stream()
                .filter(value -> value.percentile() == quantile)
                .findFirst()
                .orElseThrow()
                .value(TimeUnit.SECONDS);
    }

    private double attempts(String outcome) {
        return seen.get("carillon.attempts")
                .tags(ByMode.tag(Mode.TEST))
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double inFlight() {
        return seen.get("carillon.dispatch.in.flight")
                .tag("lanes", "worker")
                .gauge()
                .value();
    }

    private double overdue(Mode mode) {
        return seen.get("carillon.publications.overdue")
                .tags(ByMode.tag(mode))
                .gauge()
                .value();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
