package dev.carillon.worker;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static dev.carillon.worker.Workshop.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.post.RetryService;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.core.publication.attempt.AttemptService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads, from acceptance to the posts on the sandbox platform. */
@Timeout(90)
class ThreadsTest {
    private static RunningSandbox sandbox;
    private static Workshop work;
    private static final AtomicInteger NAMES = new AtomicInteger();

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
        work = sandbox.workshop(Map.of(
                "carillon.testing.played-platform", "none",
                "carillon.publishing.call-deadline", "2s",
                "carillon.dispatch.lease", "4s",
                "carillon.publishing.look-ups", "100ms,200ms,500ms,1s,2s",
                "carillon.publishing.checks", "10m"));
    }

    @AfterAll
    static void stop() {
        work.close();
        sandbox.close();
    }

    @Test
    void fivePartsComeOutInTheirOrderOnEachAccountEachInReplyToTheOneBefore() {
        var accounts = List.of(account(Platform.MASTODON), account(Platform.X));

        var post = create(accounts, "one", "two", "three", "four", "five");

        untilItIs(post, PostStatus.PUBLISHED);
        for (var account : accounts) {
            var accepted = accepted(account);
            assertThat(accepted)
                    .extracting(SandboxPosts.Post::text)
                    .containsExactly("one", "two", "three", "four", "five");
            assertThat(accepted.getFirst().replyTo()).isNull();
            for (int part = 1; part < accepted.size(); part++) {
                assertThat(accepted.get(part).replyTo())
                        .isEqualTo(accepted.get(part - 1).id());
            }
        }
        assertThat(work.count(
                        "SELECT count(*) AS n FROM meter_event JOIN publication ON publication.id = publication_id WHERE post_id = ?",
                        post.id()))
                .as("each part is metered once")
                .isEqualTo(10);
    }

    @Test
    void whatFollowsAPartThatFailedIsHeldAndARetryGoesOnFromThere() {
        var account = account(Platform.MASTODON);

        var post = create(List.of(account), "one", "two [sandbox:content_rejected]", "three", "four", "five");

        untilItIs(post, PostStatus.PARTIALLY_PUBLISHED);
        assertThat(statuses(post)).containsExactly("published", "failed", "held", "held", "held");
        assertThat(accepted(account)).extracting(SandboxPosts.Post::text).containsExactly("one");

        work.bean(RetryService.class).retry(work.actor(), post.id(), List.of(), false);

        untilItIs(post, PostStatus.PUBLISHED);
        assertThat(accepted(account))
                .extracting(SandboxPosts.Post::text)
                .containsExactly("one", "two [sandbox:content_rejected]", "three", "four", "five");
    }

    // A lost reply must not publish the first part twice and must not end the thread. On a platform whose lookup goes
    // by similarity, one part must not be mistaken for another with the same text.
    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {"MASTODON", "THREADS", "X"})
    void lostRepliesLeadToNoSecondPostAndToNoGap(Platform platform) {
        var account = account(platform);
        var same = "again and again [sandbox:reply_lost_after_accept]";

        var post = create(List.of(account), same, same, same);

        untilItIs(post, PostStatus.PUBLISHED);
        var accepted = accepted(account);
        assertThat(accepted).hasSize(3);
        assertThat(get(post).publications())
                .extracting(publication ->
                        Objects.requireNonNull(publication.platformPost()).id())
                .containsExactlyElementsOf(
                        accepted.stream().map(SandboxPosts.Post::id).toList());
    }

    // The worker dies after the platform accepted the first part and before the outcome is recorded.
    @Test
    void aThreadGoesOnWhenTheWorkerOfItsFirstPartHasDied() {
        var account = account(Platform.MASTODON);
        var tomorrow = new When.At(work.bean(Clocks.class).now().plus(Duration.ofDays(1)), false);
        var post = create(List.of(account), tomorrow, "one", "two", "three");

        sendAndDie(post.publications().getFirst());

        untilItIs(post, PostStatus.PUBLISHED);
        assertThat(accepted(account)).extracting(SandboxPosts.Post::text).containsExactly("one", "two", "three");
        assertThat(work.attempts(post.publications().getFirst().id()))
                .extracting(Attempt::outcome)
                .containsExactly("interrupted");
    }

    private static void sendAndDie(Publication first) {
        work.update(
                "UPDATE publication SET generation = generation + 1, lease_until = clock_timestamp() + interval '5 seconds' WHERE id = ?",
                first.id());
        var claim = work.get(first.id()).claim();
        var attempts = work.bean(AttemptService.class);
        var lease = Duration.ofSeconds(2);
        var attempt =
                attempts.start(List.of(claim), "a worker that dies", lease).getFirst();
        work.bean(Connectors.class)
                .get(attempt.account())
                .publish(new PublishRequest(
                        first.id(),
                        attempt.account(),
                        attempt.text(),
                        attempt.settings(),
                        attempt.replyTo(),
                        Checkpoint.NONE,
                        checkpoint -> attempts.keep(attempt.publication(), checkpoint, lease),
                        Deadline.in(lease)));
    }

    @Test
    void aPartWhosePartBeforeIsGoneIsRefusedInThePlatformsOwnWords() {
        var account = account(Platform.X);

        var post = create(List.of(account), "one [sandbox:vanishes]", "two", "three");

        untilItIs(post, PostStatus.PARTIALLY_PUBLISHED);
        assertThat(statuses(post)).containsExactly("published", "failed", "held");
        assertThat(failure(post, 1).code()).isEqualTo(ErrorCode.REPLY_TARGET_MISSING);
        assertThat(failure(post, 1).platformMessage()).contains("deleted or not visible to you");
        assertThat(failure(post, 2).code()).isEqualTo(ErrorCode.PARENT_NOT_PUBLISHED);
        assertThat(accepted(account)).hasSize(1);
    }

    @Test
    void settingsOfAConversationAreSentWithItsFirstPostAlone() {
        var account = account(Platform.X);
        var settings = Map.<String, Object>of("reply_settings", "following", "made_with_ai", true);
        var target = new NewTarget(account.id(), null, null, settings, null);

        var post = work.bean(PostService.class)
                .accept(
                        work.actor(),
                        aPost("one").on(target).followedBy(List.of("two")).build())
                .post();

        untilItIs(post, PostStatus.PUBLISHED);
        assertThat(accepted(account))
                .extracting(SandboxPosts.Post::settings)
                .containsExactly(
                        Map.of("reply_settings", "following", "made_with_ai", true), Map.of("made_with_ai", true));
    }

    private static Post create(List<Account> accounts, String text, String... parts) {
        return create(accounts, new When.Now(), text, parts);
    }

    private static Post create(List<Account> accounts, When when, String text, String... parts) {
        var draft = aPost(text)
                .on(accounts.stream().map(Account::id).toList())
                .when(when)
                .followedBy(List.of(parts))
                .allowDuplicate()
                .build();
        return work.bean(PostService.class).accept(work.actor(), draft).post();
    }

    private static Account account(Platform platform) {
        var username = "thread " + NAMES.incrementAndGet();
        return work.bean(AccountService.class)
                .connect(
                        work.actor(),
                        new NewAccount(
                                platform,
                                new Identity(username, username, null, null, "sandbox"),
                                Credentials.NONE,
                                Map.of()));
    }

    private static void untilItIs(Post post, PostStatus status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(get(post).status()).isEqualTo(status));
    }

    private static Post get(Post post) {
        return work.bean(PostService.class).get(work.actor(), post.id());
    }

    private static List<String> statuses(Post post) {
        return get(post).publications().stream()
                .map(Publication::status)
                .map(status -> status.wireName())
                .toList();
    }

    private static Failure failure(Post post, int part) {
        return Objects.requireNonNull(get(post).publications().get(part).failure());
    }

    /** The account's posts on the platform, oldest first. */
    private static List<SandboxPosts.Post> accepted(Account account) {
        return work.bean(SandboxPosts.class)
                .list(account.id(), Optional.empty(), 100)
                .data()
                .reversed();
    }
}
