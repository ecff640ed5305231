package dev.carillon.core.post;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.testing.TestCarillon;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostServiceTest {
    private static TestCarillon carillon;
    private static PostService posts;
    private static Actor actor;

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
    void anAcceptedPostStandsWithItsPublicationsItsCostAndOneEvent() {
        var account = connect(Platform.X, "accepts");

        var post = posts.accept(actor, saying("hello", account, new When.Now())).post();

        assertThat(posts.get(actor, post.id())).isEqualTo(post);
        assertThat(post.status()).isEqualTo(PostStatus.SCHEDULED);
        assertThat(post.publications()).singleElement().satisfies(publication -> {
            assertThat(publication.cost().amountMicros()).isEqualTo(10_000 + 15_000);
            assertThat(publication.account()).isEqualTo(account.id());
        });
        assertThat(eventsOf(post)).extracting(RecordedEvent::type).containsExactly("post.created");
    }

    // Without this, one tenant's key could read or cancel another tenant's posts by guessing ids.
    @Test
    void aPostIsUnknownToOtherWorkspacesAndModes() {
        var post = posts.accept(actor, saying("mine", connect(Platform.SANDBOX, "fenced"), new When.Draft()))
                .post();
        var stranger = carillon.actor(carillon.newKey(carillon.newWorkspace(), actor.mode()));

        assertThatThrownBy(() -> posts.get(stranger, post.id())).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> posts.cancel(stranger, post.id())).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> posts.get(carillon.live(), post.id())).satisfies(is(ErrorCode.NOT_FOUND));
    }

    @Test
    void aRefusedPostLeavesNothingBehind() {
        var account = connect(Platform.SANDBOX, "refuses");
        int before = posts.list(actor, PostFilter.ALL, new PageRequest(100, null))
                .data()
                .size();

        assertThatThrownBy(() -> posts.accept(actor, saying("forbidden", account, new When.Now())))
                .satisfies(is(ErrorCode.CONTENT_INVALID));
        assertThatThrownBy(() -> posts.accept(
                        actor, saying("late", account, new When.At(Instant.parse("2020-01-01T00:00:00Z"), false))))
                .satisfies(is(ErrorCode.TIME_IN_PAST));

        assertThat(posts.list(actor, PostFilter.ALL, new PageRequest(100, null)).data())
                .hasSize(before);
    }

    @Test
    void aCanceledPostIsCanceledOnceAndStaysSo() {
        var post = posts.accept(actor, saying("no", connect(Platform.SANDBOX, "cancels"), new When.Now()))
                .post();

        var canceled = posts.cancel(actor, post.id());
        var again = posts.cancel(actor, post.id());

        assertThat(canceled.status()).isEqualTo(PostStatus.CANCELED);
        assertThat(again).isEqualTo(canceled);
        assertThat(eventsOf(post)).extracting(RecordedEvent::type).containsExactly("post.created", "post.canceled");
    }

    // A cancel may commit while the post is being read. Without this, the caller would see a scheduled post with a
    // canceled publication.
    @Test
    void aPostIsShownInTheStateOfThePublicationsThatItIsShownWith() {
        var post = posts.accept(actor, saying("torn", connect(Platform.SANDBOX, "torn"), new When.Now()))
                .post();

        carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                .of("UPDATE publication SET status = 'canceled', due_at = NULL WHERE post_id = ?", post.id())
                .update());

        assertThat(posts.get(actor, post.id()).status()).isEqualTo(PostStatus.CANCELED);
    }

    private static Account connect(Platform platform, String username) {
        return carillon.bean(AccountService.class)
                .connect(
                        actor,
                        new NewAccount(
                                platform,
                                new Identity(username, username, null, null, "sandbox"),
                                Credentials.NONE,
                                Map.of()));
    }

    private static NewPost saying(String text, Account account, When when) {
        return aPost(text).on(account).when(when).build();
    }

    private static List<RecordedEvent> eventsOf(Post post) {
        return carillon.eventsAbout(actor, post.id());
    }

    private static java.util.function.Consumer<Throwable> is(ErrorCode code) {
        return thrown -> assertThat(((ApiException) thrown).code()).isEqualTo(code);
    }
}
