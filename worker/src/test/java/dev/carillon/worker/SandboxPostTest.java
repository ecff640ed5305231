package dev.carillon.worker;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static dev.carillon.worker.Workshop.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.intervention.DeleteService;
import dev.carillon.core.publication.reconciliation.ReconciliationRequests;
import dev.carillon.core.testing.LivePlatform;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Simulated posts of a live workspace, next to a live platform that counts the calls that it receives. */
@Timeout(60)
class SandboxPostTest {
    private static RunningSandbox sandbox;
    private static Workshop work;

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
        work = sandbox.workshop(Map.of(
                "carillon.testing.played-platform", "live",
                "carillon.publishing.call-deadline", "2s",
                "carillon.dispatch.lease", "4s",
                "carillon.publishing.look-ups", "100ms,200ms,500ms,1s,2s",
                "carillon.publishing.checks", "100ms,1s"));
    }

    @AfterAll
    static void stop() {
        work.close();
        sandbox.close();
    }

    // The worst failures of a simulated post: it is published for real, or it is billed.
    @Test
    void itIsPublishedOnTheSandboxAndNothingReachesTheLivePlatform() {
        var account = account(Platform.X, "bells");
        int before = work.bean(LivePlatform.class).calls();

        var post = simulate(account, "hello, with a link: https://example.org");
        var published = untilItIs(post, PublicationStatus.PUBLISHED);

        assertThat(accepted(published)).isEqualTo(1);
        assertThat(work.bean(LivePlatform.class).calls()).isEqualTo(before);
        assertThat(published.tenant().mode()).isEqualTo(Mode.TEST);
        assertThat(meterEvents(published, false))
                .as("metered in test mode, at X's price for a link and our fee")
                .isEqualTo(210_000);
        assertThat(meterEvents(published, true)).isZero();
        assertThat(work.count(
                        "SELECT count(*) AS n FROM event WHERE object_id = ? AND livemode",
                        published.id().toString()))
                .isZero();
        // The check after a success asks the sandbox as well.
        await().atMost(SOON).until(() -> get(post).followUp().checkAt() == null);
        assertThat(work.bean(LivePlatform.class).calls()).isEqualTo(before);
    }

    // Proves that the platform counts calls: the zero in the test above could otherwise mean that nothing is counted.
    @Test
    void aLivePostOnTheSameAccountDoesReachTheLivePlatform() {
        var account = account(Platform.X, "both");
        var simulated = untilItIs(simulate(account, "the same"), PublicationStatus.PUBLISHED);

        var live = untilItIs(create(account, "the same", false), PublicationStatus.PUBLISHED);

        assertThat(work.bean(LivePlatform.class).received())
                .filteredOn(request -> request.account().id().equals(account.id()))
                .hasSize(1);
        assertThat(accepted(simulated)).isEqualTo(1);
        assertThat(meterEvents(live, true)).isPositive();
    }

    @Test
    void aDirectiveInTheTextMakesItGoWrong() {
        var failed = untilItIs(
                simulate(account(Platform.X, "marked"), "no [sandbox:content_rejected]"), PublicationStatus.FAILED);

        assertThat(Objects.requireNonNull(failed.failure()).code()).isEqualTo(ErrorCode.PLATFORM_REJECTED);
        assertThat(accepted(failed)).isZero();
    }

    @Test
    void theNameOfTheAccountMakesItGoWrong() {
        var post = simulate(account(Platform.MASTODON, "sandbox_content_rejected"), "hello");

        untilItIs(post, PublicationStatus.FAILED);
    }

    @Test
    void anUnknownOutcomeIsReconciledAsTheSimulatedPlatformCan() {
        int before = work.bean(LivePlatform.class).calls();

        var post = simulate(account(Platform.WORDPRESS, "doubt"), "lost [sandbox:reply_lost_after_accept]");

        assertThat(accepted(untilItIs(post, PublicationStatus.PUBLISHED))).isEqualTo(1);
        assertThat(work.bean(LivePlatform.class).calls()).isEqualTo(before);
    }

    // Only the sandbox account lost its access, and a live key cannot reconnect a sandbox account.
    @Test
    void aSandboxAccountThatLostItsAccessIsBackWithTheNextPost() {
        var account = account(Platform.X, "expires");
        var held = simulate(account, "first [sandbox:token_expired]");
        untilItIs(held, PublicationStatus.HELD);

        var next = simulate(account, "second");

        untilItIs(next, PublicationStatus.PUBLISHED);
        untilItIs(held, PublicationStatus.PUBLISHED);
        assertThat(work.bean(AccountService.class)
                        .get(live(), account.id())
                        .status()
                        .wireName())
                .isEqualTo("active");
    }

    @Test
    void itsCallerHasThePlatformAskedAndThePostDeleted() {
        int before = work.bean(LivePlatform.class).calls();
        var published = untilItIs(simulate(account(Platform.X, "deletes"), "soon gone"), PublicationStatus.PUBLISHED);

        var reconciled = work.bean(ReconciliationRequests.class).reconcile(live(), published.id());
        var deleted = work.bean(DeleteService.class).delete(live(), published.id());

        assertThat(reconciled.done()).isTrue();
        assertThat(deleted.publication().followUp().deletedAt()).isNotNull();
        assertThat(posts(published).data()).singleElement().satisfies(post -> assertThat(post.deletedAt())
                .isNotNull());
        assertThat(work.bean(LivePlatform.class).calls()).isEqualTo(before);
    }

    private static Actor live() {
        return work.live();
    }

    private static Account account(Platform platform, String username) {
        var identity = new Identity("id of " + username, username, null, null, "an app");
        return work.bean(AccountService.class)
                .connect(live(), new NewAccount(platform, identity, Credentials.NONE, Map.of()));
    }

    private static Post simulate(Account account, String text) {
        return create(account, text, true);
    }

    private static Post create(Account account, String text, boolean sandbox) {
        return work.bean(PostService.class)
                .accept(live(), aPost(text).on(account).sandbox(sandbox).build())
                .post();
    }

    private static Publication get(Post post) {
        return work.bean(PublicationService.class)
                .get(live(), post.publications().getFirst().id());
    }

    private static Publication untilItIs(Post post, PublicationStatus status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(get(post).status()).isEqualTo(status));
        return get(post);
    }

    private static SandboxPosts.Posts posts(Publication publication) {
        return work.bean(SandboxPosts.class).list(publication.account(), Optional.empty(), 10);
    }

    private static long accepted(Publication publication) {
        return posts(publication).total();
    }

    private static long meterEvents(Publication publication, boolean livemode) {
        return work.count(
                "SELECT coalesce(sum(amount_micros), 0)::bigint AS n FROM meter_event WHERE publication_id = ? AND livemode = ?",
                publication.id(),
                livemode);
    }
}
