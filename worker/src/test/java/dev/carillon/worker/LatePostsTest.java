package dev.carillon.worker;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.LateRule;
import dev.carillon.core.pacing.LateRules;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.pacing.MisfirePolicy;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.post.RetryService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.testing.MovableClocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Posts that miss their time. The tests move the clock; everything else is real. */
@Timeout(120)
class LatePostsTest {
    private static final Duration OUTAGE = Duration.ofHours(6);
    private static final Duration GRACE = Duration.ofMinutes(15);

    private Workshop work;
    private Instant begin;

    @BeforeEach
    void start() {
        work = new Workshop(Map.of("carillon.testing.movable-clocks", "true"));
        begin = work.bean(Clocks.class).now();
    }

    @AfterEach
    void stop() {
        work.close();
    }

    // The misfire policy at scale: a six-hour outage with 500 posts due in it, and another post due later.
    @Test
    void afterAnOutageWhatIsWithinItsGraceGoesOutAndTheRestIsMissed() {
        var accounts =
                IntStream.range(0, 10).mapToObj(n -> work.account("a" + n)).toArray(Account[]::new);
        var posts = new ArrayList<Post>();
        for (int n = 0; n < 500; n++) {
            posts.add(at(OUTAGE.multipliedBy(n).dividedBy(500), LateWish.NONE, accounts[n % accounts.length]));
        }
        var ahead = at(OUTAGE.plusMinutes(10), LateWish.NONE, accounts[0]);

        work.bean(MovableClocks.class).advance(OUTAGE);
        work.start();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> work.count("SELECT count(*) AS n FROM publication WHERE status = 'scheduled'") == 1);
        var back = begin.plus(OUTAGE);
        for (var post : posts) {
            var publication = work.get(post.publications().getFirst().id());
            boolean inTime = !due(publication).plus(GRACE).isBefore(back);
            assertThat(publication.status())
                    .as("due %s, %s ago", due(publication), Duration.between(due(publication), back))
                    .isEqualTo(inTime ? PublicationStatus.PUBLISHED : PublicationStatus.MISSED);
        }
        long sent = posts.stream()
                .filter(post -> !due(post.publications().getFirst()).plus(GRACE).isBefore(back))
                .count();
        assertThat(sent).isBetween(15L, 25L);
        assertThat(work.platform().received()).hasSize((int) sent).doesNotHaveDuplicates();
        assertThat(work.count("SELECT count(*) AS n FROM event WHERE type = 'publication.missed'"))
                .isEqualTo(500 - sent);
        assertThat(work.count("SELECT count(*) AS n FROM spend_reservation WHERE state = 'released'"))
                .as("a missed post costs nothing")
                .isEqualTo(500 - sent);
        assertThat(work.count("SELECT count(*) AS n FROM meter_event")).isEqualTo(sent);
        assertThat(work.get(ahead.publications().getFirst().id()).status())
                .as("not published before its time")
                .isEqualTo(PublicationStatus.SCHEDULED);

        work.bean(MovableClocks.class).advance(Duration.ofMinutes(10));
        work.awaitStatus(ahead.publications().getFirst().id(), PublicationStatus.PUBLISHED);
    }

    @Test
    void anAccountGetsOnlySoManyLatePostsAnHour() {
        atMostTwoLatePostsAnHour();
        var flooded = work.account("flooded");
        var late = IntStream.range(0, 4)
                .mapToObj(n -> at(Duration.ofSeconds(n), LateWish.NONE, flooded))
                .toList();
        var elsewhere = at(Duration.ZERO, LateWish.NONE, work.account("other"));
        var onTime = at(Duration.ofMinutes(9).plusSeconds(59), LateWish.NONE, flooded);
        work.bean(MovableClocks.class).advance(Duration.ofMinutes(10));

        work.start();

        work.awaitStatus(idOf(elsewhere), PublicationStatus.PUBLISHED);
        work.awaitStatus(idOf(onTime), PublicationStatus.PUBLISHED);
        await().untilAsserted(() -> assertThat(late)
                .extracting(post -> work.get(idOf(post)).status())
                .containsExactlyInAnyOrder(
                        PublicationStatus.PUBLISHED,
                        PublicationStatus.PUBLISHED,
                        PublicationStatus.MISSED,
                        PublicationStatus.MISSED));
        assertThat(late)
                .extracting(post -> work.get(idOf(post)).failure())
                .filteredOn(Objects::nonNull)
                .allSatisfy(
                        why -> assertThat(Objects.requireNonNull(why).code()).isEqualTo(ErrorCode.TOO_LATE))
                .allSatisfy(
                        why -> assertThat(Objects.requireNonNull(why).message()).contains("2 late posts an hour"));
    }

    @Test
    void whatGoesOutHoweverLateItIsWaitsForItsPlace() {
        atMostTwoLatePostsAnHour();
        var insistent = new LateWish(null, MisfirePolicy.PUBLISH);
        var flooded = work.account("flooded");
        var late = IntStream.range(0, 3)
                .mapToObj(n -> at(Duration.ofSeconds(n), insistent, flooded))
                .toList();
        work.bean(MovableClocks.class).advance(OUTAGE);

        work.start();

        await().untilAsserted(() -> assertThat(late)
                .filteredOn(post -> work.get(idOf(post)).status() == PublicationStatus.PUBLISHED)
                .hasSize(2));
        await().untilAsserted(() -> assertThat(work.count(
                        "SELECT count(*) AS n FROM publication WHERE status = 'scheduled' AND lease_until IS NULL"
                                + " AND late_since = publish_at AND due_at > ?",
                        begin.plus(OUTAGE).plus(Duration.ofMinutes(55))))
                .isOne());
        assertThat(late).flatExtracting(post -> work.steps(idOf(post))).containsOnlyOnce("deferred");
    }

    private void atMostTwoLatePostsAnHour() {
        work.bean(LateRules.class).change(work.actor(), rule -> new LateRule(rule.grace(), rule.misfirePolicy(), 2));
    }

    @Test
    void aPostSaysForItselfWhatBecomesOfItWhenItIsLate() {
        var account = work.account("own");
        var strict = at(Duration.ZERO, new LateWish(Duration.ofMinutes(1), null), account);
        var insistent = at(Duration.ofSeconds(1), new LateWish(null, MisfirePolicy.PUBLISH), account);
        var generous = at(Duration.ofSeconds(2), new LateWish(Duration.ofDays(1), null), account);

        work.bean(MovableClocks.class).advance(Duration.ofHours(2));
        work.start();

        work.awaitStatus(idOf(strict), PublicationStatus.MISSED);
        work.awaitStatus(idOf(insistent), PublicationStatus.PUBLISHED);
        work.awaitStatus(idOf(generous), PublicationStatus.PUBLISHED);
    }

    @Test
    void whatWasMissedIsGivenANewTimeInOneCall() {
        var post = at(Duration.ZERO, LateWish.NONE, work.account("again"));
        work.bean(MovableClocks.class).advance(Duration.ofHours(1));
        work.start();
        work.awaitStatus(idOf(post), PublicationStatus.MISSED);
        assertThat(work.events(idOf(post))).containsExactly("publication.missed");
        assertThat(work.reservation(idOf(post))).isEqualTo("released");

        var later = begin.plus(Duration.ofHours(3));
        var moved = work.bean(RetryService.class)
                .reschedule(work.actor(), post.id(), List.of(), new When.At(later, false), false);

        assertThat(moved.publishAt()).isEqualTo(later);
        assertThat(moved.publications().getFirst().dueAt()).isEqualTo(later);
        assertThat(work.reservation(idOf(post))).isEqualTo("reserved");
        assertThat(work.steps(idOf(post))).contains("rescheduled");
        work.bean(MovableClocks.class).advance(Duration.ofHours(2));
        work.awaitStatus(idOf(post), PublicationStatus.PUBLISHED);
        assertThat(work.platform().received()).hasSize(1);
    }

    @Test
    void aMissedPostCanAlsoBeSentAtOnce() {
        var post = at(Duration.ZERO, LateWish.NONE, work.account("now"));
        work.bean(MovableClocks.class).advance(Duration.ofHours(1));
        work.start();
        work.awaitStatus(idOf(post), PublicationStatus.MISSED);

        work.bean(RetryService.class).retry(work.actor(), post.id(), List.of(), false);

        work.awaitStatus(idOf(post), PublicationStatus.PUBLISHED);
    }

    // Retries have their own schedule. A post that the platform delays is not missed.
    @Test
    void whatWasTriedInTimeIsRetriedHoweverLate() {
        work.platform().answers(request -> unavailable());
        var post = at(Duration.ZERO, LateWish.NONE, work.account("tried"));
        work.start();
        // The attempt is counted when it starts; its retry is scheduled when the outcome is recorded.
        await().until(() -> {
            var publication = work.get(idOf(post));
            return publication.attemptCount().attempts() == 1 && publication.status() == PublicationStatus.SCHEDULED;
        });

        work.bean(MovableClocks.class).advance(Duration.ofHours(2));

        work.awaitStatus(idOf(post), PublicationStatus.PUBLISHED);
    }

    @Test
    void whatWasHeldGoesByTheSameRuleWhenItsAccountIsBack() {
        var account = work.account("lost");
        var late = at(Duration.ofMinutes(1), LateWish.NONE, account);
        var inTime = at(Duration.ofMinutes(50), LateWish.NONE, account);
        work.bean(AccountService.class).disconnect(work.actor(), account.id());
        assertThat(work.get(idOf(late)).status()).isEqualTo(PublicationStatus.HELD);
        work.bean(MovableClocks.class).advance(Duration.ofHours(1));
        work.start();

        work.account("lost");

        work.awaitStatus(idOf(late), PublicationStatus.MISSED);
        work.awaitStatus(idOf(inTime), PublicationStatus.PUBLISHED);
        assertThat(work.platform().received())
                .extracting(PublishRequest::publication)
                .containsExactly(idOf(inTime));
    }

    private static PublishOutcome unavailable() {
        return new PublishOutcome.Unavailable(Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "down"));
    }

    private Post at(Duration after, LateWish late, Account account) {
        var draft = aPost("due after " + after + " on " + account.id())
                .on(account)
                .when(new When.At(begin.plus(after), true))
                .allowDuplicate()
                .late(late)
                .build();
        return work.bean(PostService.class).accept(work.actor(), draft).post();
    }

    private static PublicationId idOf(Post post) {
        return post.publications().getFirst().id();
    }

    private static Instant due(Publication publication) {
        return Objects.requireNonNullElse(publication.dueAt(), Objects.requireNonNull(publication.publishAt()));
    }
}
