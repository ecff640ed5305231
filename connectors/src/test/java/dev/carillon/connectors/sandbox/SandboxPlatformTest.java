package dev.carillon.connectors.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.connectors.Requests;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome.Published;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connector with the sandbox platform, over a socket. */
class SandboxPlatformTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static RunningSandbox sandbox;
    private static SandboxApi api;
    private static SandboxConnector connector;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        api = sandbox.api();
        connector = sandbox.connector();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void theFirstPostOfAnAccountRegistersIt() {
        var account = Requests.account(Platform.X, Mode.TEST, "alice", null);

        var post = published(Requests.on(account).saying("Ding dong ☀"));

        assertThat(post.permalink()).startsWith(sandbox.server().url() + "/p/");
        var listed = new SandboxPosts(api).list(account.id(), Optional.empty(), 20);
        assertThat(listed.total()).isEqualTo(1);
        assertThat(listed.data()).singleElement().satisfies(found -> {
            assertThat(found.text()).isEqualTo("Ding dong ☀");
            assertThat(found.platform()).isEqualTo("x");
            assertThat(found.id()).isEqualTo(post.id());
        });
    }

    @Test
    void aNetworkThatRecognisesRepetitionsHasThePostOnce() {
        var request = Requests.on(Requests.account(Platform.BLUESKY, Mode.TEST, "bob", null));

        assertThat(published(request)).isEqualTo(published(request));
        assertThat(total(request)).isEqualTo(1);
    }

    @Test
    void aNetworkThatDoesNotHasItTwiceAsTheRealOneWould() {
        var request = Requests.on(Requests.account(Platform.X, Mode.TEST, "carol", null));

        published(request);
        published(request);

        assertThat(total(request)).isEqualTo(2);
    }

    @Test
    void aPostIsFoundByItsPublicationAndAnotherIsNot() {
        var kept = new AtomicReference<>(Checkpoint.NONE);
        var account = Requests.account(Platform.WORDPRESS, Mode.TEST, "dave", null);
        var post = published(Requests.on(account).keeping(kept::set));

        assertThat(connector.find(account, kept.get(), Deadline.in(DEADLINE))).isEqualTo(new LookUp.Found(post));
        assertThat(connector.find(account, new Checkpoint(Map.of("client_key", "pub_other")), Deadline.in(DEADLINE)))
                .isEqualTo(new LookUp.Absent());
    }

    @Test
    void anAccountThatHasNeverPostedHasNoPosts() {
        var account = Requests.account(Platform.SANDBOX, Mode.TEST, "erin", null);

        assertThat(connector.find(account, new Checkpoint(Map.of("client_key", "pub_1")), Deadline.in(DEADLINE)))
                .isEqualTo(new LookUp.Absent());
        assertThat(new SandboxPosts(api)
                        .list(account.id(), Optional.empty(), 20)
                        .total())
                .isZero();
    }

    @Test
    void deletingTwiceIsDeletingOnce() {
        var account = Requests.account(Platform.MASTODON, Mode.TEST, "frank", null);
        var post = published(Requests.on(account));

        for (int i = 0; i < 2; i++) {
            assertThat(connector.delete(account, requireNonNull(post.id()), post.refs(), Deadline.in(DEADLINE)))
                    .isEqualTo(new Deletion.Deleted());
        }
        assertThat(new SandboxPosts(api)
                        .list(account.id(), Optional.empty(), 20)
                        .data())
                .singleElement()
                .satisfies(found -> assertThat(found.deletedAt()).isNotNull());
    }

    @Test
    void settingsArriveAsTheyWere() {
        var account = Requests.account(Platform.SANDBOX, Mode.TEST, "grace", null);
        Map<String, Object> settings = Map.of("board", "b1", "tags", List.of("a", "b"), "deep", Map.of("n", 1));

        published(Requests.on(account).with(settings));

        assertThat(new SandboxPosts(api)
                        .list(account.id(), Optional.empty(), 1)
                        .data()
                        .getFirst()
                        .settings())
                .isEqualTo(settings);
    }

    @Test
    void pagesFollowEachOtherAndAForeignCursorIsRefused() {
        var account = Requests.account(Platform.THREADS, Mode.TEST, "heidi", null);
        for (int i = 0; i < 3; i++) {
            published(Requests.on(account).saying("number " + i));
        }
        var posts = new SandboxPosts(api);

        var first = posts.list(account.id(), Optional.empty(), 2);
        var second = posts.list(account.id(), Optional.ofNullable(first.nextCursor()), 2);

        assertThat(first.data()).extracting("text").containsExactly("number 2", "number 1");
        assertThat(second.data()).extracting("text").containsExactly("number 0");
        assertThat(second.nextCursor()).isNull();
        assertThatThrownBy(() -> posts.list(account.id(), Optional.of("not a cursor"), 2))
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                        .isEqualTo(ErrorCode.INVALID_CURSOR));
    }

    private static PlatformPost published(Requests request) {
        return ((Published) connector.publish(request.build())).post();
    }

    private static long total(Requests request) {
        return new SandboxPosts(api)
                .list(request.account().id(), Optional.empty(), 20)
                .total();
    }
}
