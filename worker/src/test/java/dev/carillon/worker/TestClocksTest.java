package dev.carillon.worker;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState.Published;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.testclock.NewTestClock;
import dev.carillon.core.testclock.TestClock;
import dev.carillon.core.testclock.TestClockService;
import dev.carillon.core.timeline.TimelineEntry;
import dev.carillon.core.timeline.TimelineService;
import dev.carillon.core.usage.UsageGroup;
import dev.carillon.core.usage.UsageService;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Test clocks, with a real worker, sandbox platform and PostgreSQL. */
@Timeout(180)
class TestClocksTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RunningSandbox sandbox;
    private static Workshop work;

    private final AtomicInteger number = new AtomicInteger();
    private Actor actor;

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
        work = sandbox.workshop(Map.of(
                "carillon.testing.played-platform", "none",
                "carillon.publishing.call-deadline", "4s",
                "carillon.publishing.absence-grace", "1s",
                "carillon.publishing.retries.platform", "10s,1m,5m",
                "carillon.dispatch.lease", "10s"));
    }

    @AfterAll
    static void stop() {
        work.close();
        sandbox.close();
    }

    @BeforeEach
    void aWorkspaceOfItsOwn() {
        actor = work.newTester();
    }

    @AfterEach
    void realTimeAgain() {
        clocks().list(actor, new PageRequest(100, null)).data().forEach(clock -> clocks().delete(actor, clock.id()));
    }

    // Lets you try out a month of schedules before the first real post.
    @Test
    void aMonthOfSchedulesRunsWithinSecondsAndEachPostGoesOutAtItsTime() {
        var clock = attached("2027-03-14T00:00:00Z");
        var account = account("monthly");
        var due = new ArrayList<Instant>();
        var ids = new ArrayList<PublicationId>();
        // 09:00 in Berlin, across the change to summer time on 28 March.
        for (int day = 0; day < 30; day++) {
            var at = LocalDate.of(2027, 3, 15)
                    .plusDays(day)
                    .atTime(LocalTime.of(9, 0))
                    .atZone(BERLIN)
                    .toInstant();
            due.add(at);
            ids.add(schedule(account, at));
        }
        long began = System.nanoTime();

        advance(clock, "2027-04-15T00:00:00Z");

        var took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(ids)
                .extracting(this::publishedAt)
                .as("each publication at its own due time")
                .containsExactlyElementsOf(due);
        assertThat(due.get(12)).isEqualTo("2027-03-27T08:00:00Z");
        assertThat(due.get(13)).isEqualTo("2027-03-28T07:00:00Z");
        assertThat(accepted(account))
                .extracting(SandboxPosts.Post::createdAt)
                .containsExactlyElementsOf(due.reversed());
        assertThat(work.count(
                        "SELECT count(*) AS n FROM publication WHERE workspace_id = ? AND check_at IS NOT NULL",
                        actor.workspace()))
                .as("checks that are still due after the month")
                .isZero();
        // 60 clock steps. The target is ten seconds; a machine that also runs a build takes longer.
        assertThat(took).isLessThan(Duration.ofSeconds(40));
    }

    // An advance that waited for parts that are never sent would never end.
    @Test
    void anAdvanceGoesThroughAThreadAndDoesNotWaitForWhatFollowsAPartThatFailed() {
        var clock = attached("2027-03-14T00:00:00Z");
        var account = account("threads");
        var at = Instant.parse("2027-03-14T09:00:00Z");
        var whole = thread(account, at, "first", "second", "third");
        var broken = thread(account, at.plusSeconds(3600), "one", "two [sandbox:content_rejected]", "three");

        advance(clock, "2027-03-14T12:00:00Z");

        assertThat(whole).extracting(this::publishedAt).containsOnly(at);
        assertThat(broken)
                .extracting(this::status)
                .containsExactly(PublicationStatus.PUBLISHED, PublicationStatus.FAILED, PublicationStatus.HELD);
    }

    private List<PublicationId> thread(Account account, Instant at, String text, String... parts) {
        var draft = aPost(text)
                .on(account)
                .when(new When.At(at, false))
                .followedBy(List.of(parts))
                .build();
        return work.bean(PostService.class).accept(actor, draft).post().publications().stream()
                .map(Publication::id)
                .toList();
    }

    @Test
    void anHourThatComesTwiceIsTwoHours() {
        var clock = attached("2027-10-30T12:00:00Z");
        var account = account("autumn");
        // 02:30 in Berlin occurs twice on 31 October.
        var first = schedule(account, Instant.parse("2027-10-31T00:30:00Z"));
        var second = schedule(account, Instant.parse("2027-10-31T01:30:00Z"));

        advance(clock, "2027-10-31T01:00:00Z");

        assertThat(publishedAt(first)).isEqualTo("2027-10-31T00:30:00Z");
        assertThat(status(second)).isEqualTo(PublicationStatus.SCHEDULED);

        advance(clock, "2027-10-31T02:00:00Z");

        assertThat(publishedAt(second)).isEqualTo("2027-10-31T01:30:00Z");
    }

    @Test
    void timeStandsStillUntilItIsMoved() {
        var clock = attached("2031-01-01T00:00:00Z");
        var account = account("patient");
        var later = schedule(account, Instant.parse("2031-01-01T00:00:01Z"));

        var now = publish(account, "", new When.Now());

        work.awaitStatus(actor, now, PublicationStatus.PUBLISHED);
        assertThat(publishedAt(now)).isEqualTo("2031-01-01T00:00:00Z");
        assertThat(status(later)).isEqualTo(PublicationStatus.SCHEDULED);
        assertThat(work.bean(Clocks.class).now(actor.workspace(), actor.mode())).isEqualTo(clock.shows());

        advance(clock, "2031-01-01T00:00:01Z");

        assertThat(publishedAt(later)).isEqualTo("2031-01-01T00:00:01Z");
    }

    // With a clock in the past, a post is due by the clock, not by real time.
    @Test
    void aClockInThePastPublishesNothingBeforeItsTime() {
        var clock = attached("2020-02-28T00:00:00Z");
        var account = account("historian");
        var leapDay = schedule(account, Instant.parse("2020-02-29T12:00:00Z"));

        advance(clock, "2020-02-29T11:59:59Z");
        assertThat(status(leapDay)).isEqualTo(PublicationStatus.SCHEDULED);

        advance(clock, "2020-02-29T12:00:00Z");
        assertThat(publishedAt(leapDay)).isEqualTo("2020-02-29T12:00:00Z");
    }

    @Test
    void retriesAndPausesAreWaitedForInTheClocksTime() {
        var clock = attached("2027-06-01T00:00:00Z");
        var account = account("unlucky");
        var tried = schedule(account, "[sandbox:unavailable times=2]", Instant.parse("2027-06-01T01:00:00Z"));
        var limited = schedule(
                account("limited"), "[sandbox:rate_limited seconds=3600]", Instant.parse("2027-06-01T01:00:00Z"));
        var slow = schedule(
                account("slow"), "[sandbox:slow_processing seconds=1800]", Instant.parse("2027-06-01T01:00:00Z"));

        advance(clock, "2027-06-01T01:00:00Z");

        assertThat(status(tried)).isEqualTo(PublicationStatus.SCHEDULED);
        assertThat(status(slow)).isEqualTo(PublicationStatus.PROCESSING);

        advance(clock, "2027-06-01T03:00:00Z");

        // Ten seconds and then a minute, each up to a fifth longer.
        assertThat(publishedAt(tried))
                .isBetween(Instant.parse("2027-06-01T01:01:10Z"), Instant.parse("2027-06-01T01:01:24Z"));
        assertThat(publishedAt(limited)).isEqualTo("2027-06-01T02:00:00Z");
        assertThat(publishedAt(slow)).isEqualTo("2027-06-01T01:30:00Z");
    }

    @Test
    void accessEndsAtItsTimeAndTheNextPostIsHeld() {
        var clock = attached("2027-01-01T00:00:00Z");
        var account = account("expiring", Platform.LINKEDIN, Instant.parse("2027-03-02T00:00:00Z"));
        var before = schedule(account, Instant.parse("2027-03-01T23:59:59Z"));
        var after = schedule(account, Instant.parse("2027-03-02T00:00:00Z"));

        advance(clock, "2027-03-03T00:00:00Z");

        assertThat(publishedAt(before)).isEqualTo("2027-03-01T23:59:59Z");
        assertThat(status(after)).isEqualTo(PublicationStatus.HELD);
        assertThat(get(after).failure())
                .isNotNull()
                .extracting(failure -> failure.code())
                .isEqualTo(ErrorCode.AUTH_EXPIRED);
        assertThat(work.bean(AccountService.class).get(actor, account.id()).status())
                .isEqualTo(AccountStatus.NEEDS_REAUTH);
    }

    @Test
    void whatIsCountedBelongsToTheMonthInWhichItWentOut() {
        var clock = attached("2027-01-31T22:00:00Z");
        var account = account("counted");
        schedule(account, Instant.parse("2027-01-31T23:59:59Z"));
        schedule(account, Instant.parse("2027-02-01T00:00:00Z"));

        advance(clock, "2027-02-01T01:00:00Z");

        assertThat(published("2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z")).isEqualTo(1);
        assertThat(published("2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z")).isEqualTo(1);
    }

    // If publish windows counted in real time, an advance by a day could not publish a day of posts within a second.
    @Test
    void aPlatformsWindowsCountInTheClocksTime() {
        var clock = attached("2027-01-01T00:00:00Z");
        var account = account("windowed", Platform.X, null);
        work.update("UPDATE workspace SET grace_seconds = 86400 WHERE id = ?", actor.workspace());
        // The window is 100 posts in 15 minutes, so two of these 102 posts must wait.
        var ids = new ArrayList<PublicationId>();
        for (int post = 0; post < 102; post++) {
            ids.add(schedule(account, Instant.parse("2027-01-01T01:00:00Z")));
        }

        advance(clock, "2027-01-01T01:00:00Z");
        assertThat(ids)
                .extracting(this::status)
                .filteredOn(PublicationStatus.PUBLISHED::equals)
                .hasSize(100);

        advance(clock, "2027-01-01T01:20:00Z");
        assertThat(ids).extracting(this::status).containsOnly(PublicationStatus.PUBLISHED);
    }

    @Test
    void anUnknownOutcomeIsReconciledOnTheWay() {
        var clock = attached("2027-01-01T00:00:00Z");
        var account = account("doubtful", Platform.WORDPRESS, null);
        var arrived = schedule(account, "[sandbox:reply_lost_after_accept]", Instant.parse("2027-01-01T01:00:00Z"));
        var lost = schedule(account, "[sandbox:reply_lost_before_accept]", Instant.parse("2027-01-01T02:00:00Z"));

        advance(clock, "2027-01-02T00:00:00Z");

        assertThat(status(arrived)).isEqualTo(PublicationStatus.PUBLISHED);
        assertThat(status(lost))
                .as("published again after proof of absence, which takes real time")
                .isEqualTo(PublicationStatus.PUBLISHED);
        assertThat(accepted(account)).hasSize(2);
        assertThat(kinds(arrived))
                .containsExactly("accepted", "claimed", "attempt_started", "attempt_ended", "look_up", "published");
    }

    @Test
    void whatIsLateIsLateByTheClock() {
        var clock = attached("2027-01-01T00:00:00Z");
        var account = account("late");
        var held = schedule(account, Instant.parse("2027-01-01T01:00:00Z"));
        work.bean(AccountService.class).disconnect(actor, account.id());

        advance(clock, "2027-01-01T06:00:00Z");
        account("late");

        work.awaitStatus(actor, held, PublicationStatus.MISSED);
        assertThat(get(held).failure())
                .isNotNull()
                .extracting(failure -> failure.code())
                .isEqualTo(ErrorCode.TOO_LATE);
    }

    @Test
    void aClockThatIsNotAttachedMovesNothing() {
        var clock = clocks().create(actor, new NewTestClock("spare", Instant.parse("2027-01-01T00:00:00Z"), Map.of()));

        var moved = clocks().advance(actor, clock.id(), Instant.parse("2028-01-01T00:00:00Z"));

        assertThat(moved.isAdvancing()).isFalse();
        assertThat(moved.shows()).isEqualTo("2028-01-01T00:00:00Z");
        var real = work.bean(Clocks.class);
        assertThat(real.now(actor.workspace(), actor.mode())).isCloseTo(real.now(), within(Duration.ofSeconds(10)));
    }

    @Test
    void whatNoClockCanDoIsRefused() {
        var clock = attached("2027-01-01T00:00:00Z");
        var other = clocks().create(actor, new NewTestClock(null, Instant.parse("2027-01-01T00:00:00Z"), Map.of()));

        assertRefused(ErrorCode.INVALID_PARAMETER, () -> advanceTo(clock, "2027-01-01T00:00:00Z"));
        assertRefused(ErrorCode.INVALID_PARAMETER, () -> advanceTo(clock, "2030-01-01T00:00:00Z"));
        assertRefused(ErrorCode.NOT_FOUND, () -> clocks().get(work.newTester(), clock.id()));
        // The state of a clock while workers advance it.
        work.update("UPDATE test_clock SET advancing_to = shows + interval '1 day' WHERE id = ?", other.id());
        assertRefused(ErrorCode.TEST_CLOCK_CONFLICT, () -> advanceTo(other, "2027-02-01T00:00:00Z"));
        assertRefused(ErrorCode.TEST_CLOCK_CONFLICT, () -> clocks().attach(actor, other.id()));
        var live = new Actor(actor.workspace(), Mode.LIVE, actor.caller(), actor.scopes());
        assertRefused(ErrorCode.MODE_MISMATCH, () -> clocks().get(live, clock.id()));
    }

    @Test
    void withoutItsClockAWorkspaceGoesByRealTimeAgain() {
        var clock = attached("2040-01-01T00:00:00Z");
        var account = account("returning");
        var soon =
                publish(account, "", new When.At(work.bean(Clocks.class).now().plusSeconds(1), true));
        // By the clock, it was due long ago.
        work.awaitStatus(actor, soon, PublicationStatus.PUBLISHED);
        var ahead = schedule(account, Instant.parse("2040-01-02T00:00:00Z"));

        clocks().delete(actor, clock.id());
        clocks().awaitNoticed(actor);
        var plain = publish(account, "", new When.Now());

        work.awaitStatus(actor, plain, PublicationStatus.PUBLISHED);
        assertThat(publishedAt(plain)).isCloseTo(work.bean(Clocks.class).now(), within(Duration.ofSeconds(60)));
        assertThat(status(ahead)).isEqualTo(PublicationStatus.SCHEDULED);
    }

    private static TestClockService clocks() {
        return work.bean(TestClockService.class);
    }

    private TestClock attached(String now) {
        var clock = clocks().create(actor, new NewTestClock("the test's", Instant.parse(now), Map.of()));
        clocks().attach(actor, clock.id());
        clocks().awaitNoticed(actor);
        return clocks().get(actor, clock.id());
    }

    private TestClock advanceTo(TestClock clock, String to) {
        return clocks().advance(actor, clock.id(), Instant.parse(to));
    }

    /** Advances the clock and waits until all due work is done. */
    private void advance(TestClock clock, String to) {
        advanceTo(clock, to);
        var stands = clocks().await(actor, clock.id(), PATIENCE, gone -> {});
        assertThat(stands.advancingTo()).as("stuck at %s", stands.shows()).isNull();
        assertThat(stands.shows()).isEqualTo(to);
    }

    private Account account(String username) {
        return account(username, Platform.SANDBOX, null);
    }

    private Account account(String username, Platform platform, @Nullable Instant accessExpiresAt) {
        var identity = new Identity(username, username, null, null, "sandbox", accessExpiresAt);
        return work.bean(AccountService.class)
                .connect(actor, new NewAccount(platform, identity, Credentials.NONE, Map.of()));
    }

    private PublicationId schedule(Account account, Instant at) {
        return publish(account, "", new When.At(at, false));
    }

    private PublicationId schedule(Account account, String directive, Instant at) {
        return publish(account, directive, new When.At(at, false));
    }

    private PublicationId publish(Account account, String directive, When when) {
        var text = "bell %d %s".formatted(number.incrementAndGet(), directive);
        return work.bean(PostService.class)
                .accept(actor, aPost(text).on(account).when(when).build())
                .post()
                .publications()
                .getFirst()
                .id();
    }

    private Publication get(PublicationId id) {
        return work.get(actor, id);
    }

    private PublicationStatus status(PublicationId id) {
        return get(id).status();
    }

    /** The publication time that the API shows. */
    private Instant publishedAt(PublicationId id) {
        var publication = get(id);
        assertThat(publication.state())
                .as("%s of %s", publication.state(), publication.publishAt())
                .isInstanceOf(Published.class);
        return ((Published) publication.state()).at();
    }

    /** The account's posts on the platform, newest first. */
    private static List<SandboxPosts.Post> accepted(Account account) {
        return work.bean(SandboxPosts.class)
                .list(account.id(), Optional.empty(), 100)
                .data();
    }

    private long published(String from, String to) {
        return work.bean(UsageService.class)
                .report(actor, UsageGroup.METER, Instant.parse(from), Instant.parse(to))
                .quantity();
    }

    private List<String> kinds(PublicationId id) {
        return work.bean(TimelineService.class).of(actor, get(id).post(), new PageRequest(100, null)).data().stream()
                .map(TimelineEntry::kind)
                .toList();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                .isEqualTo(code));
    }
}
