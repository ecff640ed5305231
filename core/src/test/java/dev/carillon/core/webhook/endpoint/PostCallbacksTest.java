package dev.carillon.core.webhook.endpoint;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.apikey.NewApiKey;
import dev.carillon.core.apikey.WorkspaceApiKeys;
import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.net.address.AddressBlocks;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.EditService;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostEdit;
import dev.carillon.core.post.PostService;
import dev.carillon.core.testing.NewPostBuilder;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.WebhookRows;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostCallbacksTest {
    private static final String URL = "https://caller.example/done?job=1";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestCarillon carillon;
    private static WebhookRows rows;
    private static PostService posts;
    private Actor actor;
    private Account account;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        rows = new WebhookRows(carillon);
        posts = carillon.bean(PostService.class);
    }

    @BeforeEach
    void newTenant() {
        actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        account = account("first");
        rows.fanOut();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void thePostsOwnEventsGoThereAndNoOthers() {
        var told = posts.accept(actor, draft(account).webhookUrl(URL).build()).post();
        posts.accept(actor, draft(account).build());
        account("second");
        rows.fanOut();

        assertThat(posts.get(actor, told.id()).webhookUrl()).isEqualTo(URL);
        assertThat(rows.deliveriesTo(callback())).containsExactly("post.created scheduled");

        posts.cancel(actor, told.id());
        rows.fanOut();

        assertThat(rows.deliveriesTo(callback()))
                .contains("post.canceled scheduled", "publication.canceled scheduled")
                .hasSize(3);
    }

    @Test
    void postsShareTheCallbackOfAnAddressAlsoWhenTheyRace() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Post> creating = () ->
                    posts.accept(actor, draft(account).webhookUrl(URL).build()).post();
            for (var made : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(n -> creating).toList())) {
                assertThat(made.get().webhookUrl()).isEqualTo(URL);
            }
        }
        rows.fanOut();

        assertThat(rows.count(
                        "SELECT count(*) AS n FROM webhook_endpoint WHERE workspace_id = ? AND kind = 'post_callback'",
                        actor.workspace()))
                .isOne();
        assertThat(rows.deliveriesTo(callback())).hasSize(8);
    }

    @Test
    void noListShowsACallbackAndNoRouteChangesIt() {
        posts.accept(actor, draft(account).webhookUrl(URL).build());
        var endpoints = carillon.bean(WebhookEndpointService.class);
        var id = callback();

        assertThat(endpoints.list(actor, new PageRequest(100, null)).data()).isEmpty();
        assertThatThrownBy(() -> endpoints.get(actor, id)).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> endpoints.delete(actor, id)).satisfies(is(ErrorCode.NOT_FOUND));
        var switches = carillon.bean(EndpointSwitches.class);
        assertThatThrownBy(() -> switches.disable(actor, id)).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> switches.enable(actor, id)).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> switches.test(actor, id)).satisfies(is(ErrorCode.NOT_FOUND));
        var rotation = carillon.bean(EndpointRotation.class);
        assertThatThrownBy(() -> rotation.rotate(actor, id, Duration.ZERO)).satisfies(is(ErrorCode.NOT_FOUND));
    }

    @Test
    void anAddressThatMayNotBeCalledIsRefusedAndNothingIsWritten() {
        assertThatThrownBy(() -> posts.accept(
                        actor, draft(account).webhookUrl("https://127.0.0.1/in").build()))
                .satisfies(is(ErrorCode.ADDRESS_NOT_ALLOWED))
                .satisfies(
                        refused -> assertThat(((ApiException) refused).param()).isEqualTo("/webhook_url"));

        assertThat(rows.count("SELECT count(*) AS n FROM post WHERE workspace_id = ?", actor.workspace()))
                .isZero();
        assertThat(rows.count("SELECT count(*) AS n FROM webhook_endpoint WHERE workspace_id = ?", actor.workspace()))
                .isZero();
    }

    @Test
    void aLaterPostEnablesACallbackWhoseReceiverWasGone() throws Exception {
        posts.accept(actor, draft(account).webhookUrl(URL).build());
        var callback = callback();
        rows.run(
                "UPDATE webhook_endpoint SET status = 'disabled', status_reason = 'gone', disabled_at = now(), failures = 3"
                        + " WHERE url = '%s'".formatted(URL));
        rows.fanOut();
        assertThat(rows.deliveriesTo(callback)).containsExactly("post.created skipped ended");

        posts.accept(actor, draft(account).webhookUrl(URL).build());
        rows.fanOut();

        assertThat(callback()).isEqualTo(callback);
        assertThat(rows.deliveriesTo(callback)).containsExactly("post.created skipped ended", "post.created scheduled");
    }

    @Test
    void theFirstPostMakesTheSecretAndARotationShowsTheNextOne() {
        var secrets = carillon.bean(CallbackSecretService.class);
        assertThatThrownBy(() -> secrets.get(actor)).satisfies(is(ErrorCode.NOT_FOUND));

        posts.accept(actor, draft(account).webhookUrl(URL).build());
        var first = secrets.get(actor);
        posts.accept(actor, draft(account).webhookUrl(URL + "&other").build());
        assertThat(secrets.get(actor)).isEqualTo(first);

        var rotated = secrets.rotate(actor, Duration.ofHours(1));

        assertThat(rotated.value().value()).startsWith("whsec_");
        assertThat(requireNonNull(rotated.secret().previousUntil()))
                .isAfter(requireNonNull(rotated.secret().rotatedAt()));
        assertThat(rotated.secret().createdAt()).isEqualTo(first.createdAt());
        assertThat(secrets.rotate(actor, Duration.ZERO).secret().previousUntil())
                .isNull();
    }

    @Test
    void aSecretCanBeMadeBeforeThereIsAPost() {
        var secrets = carillon.bean(CallbackSecretService.class);

        var made = secrets.rotate(actor, Duration.ofDays(1));

        assertThat(made.secret().previousUntil()).as("no previous secret").isNull();
        assertThat(made.secret().rotatedAt()).isNull();
        assertThat(secrets.get(actor)).isEqualTo(made.secret());
    }

    // Without this, a key that is bound to one account could learn, through its callback, about other accounts that are
    // later added to its post.
    @Test
    void aBoundKeysCallbackIsNotToldOfAPostThatItCannotSeeAnyMore() {
        var beyond = account("beyond");
        var bound = boundTo(account.id());
        var post = posts.accept(bound, draft(account).webhookUrl(URL).build()).post();
        rows.fanOut();
        assertThat(rows.deliveriesTo(callback())).containsExactly("post.created scheduled");

        change(post, 1, account, beyond);
        rows.fanOut();
        assertThatThrownBy(() -> posts.get(bound, post.id())).satisfies(is(ErrorCode.NOT_FOUND));
        assertThat(rows.deliveriesTo(callback())).as("neither sent nor stored").hasSize(1);

        change(post, 2, account);
        rows.fanOut();
        assertThat(rows.deliveriesTo(callback())).containsExactly("post.created scheduled", "post.updated scheduled");
    }

    private void change(Post post, int revision, Account... accounts) {
        var targets = Stream.of(accounts)
                .map(each -> NewPostBuilder.target(each.id()))
                .toList();
        var edit = new PostEdit(revision, null, null, targets, null, null, LateWish.NONE, true);
        carillon.bean(EditService.class).edit(actor, post.id(), edit);
    }

    private Actor boundTo(AccountId id) {
        var wanted = new NewApiKey(
                "bound",
                Set.of(Scope.POSTS_DRAFT, Scope.POSTS_READ),
                null,
                AddressBlocks.NONE,
                new AccountBounds.Within(Set.of(id), Set.of()),
                null,
                null,
                Map.of());
        var issued = carillon.bean(WorkspaceApiKeys.class).create(actor, wanted);
        return carillon.bean(ApiKeyAuthenticator.class)
                .authenticate(issued.secret().value(), InetAddress.getLoopbackAddress());
    }

    private WebhookEndpointId callback() {
        return requireNonNull(rows.callbackOf(actor, URL));
    }

    private static NewPostBuilder draft(Account... accounts) {
        return aPost("number " + NUMBER.incrementAndGet()).on(accounts).draft();
    }

    private Account account(String name) {
        var identity = new Identity(name + NUMBER.incrementAndGet(), name, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.SANDBOX, identity, Credentials.NONE, Map.of()));
    }

    private static Consumer<Throwable> is(ErrorCode code) {
        return refused -> assertThat(refused)
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code));
    }
}
