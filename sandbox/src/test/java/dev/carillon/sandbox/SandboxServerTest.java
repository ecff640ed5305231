package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxServerTest {
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private SandboxServer server;
    private SandboxClient sandbox;

    @BeforeEach
    void start() {
        server = SandboxServer.start(config(0, clock));
        sandbox = new SandboxClient(server.url());
    }

    @AfterEach
    void stop() {
        sandbox.close();
        server.close();
    }

    @Test
    void anAcceptedPostIsAnsweredWithItsIdAddressAndTime() {
        var account = sandbox.newAccount();

        var answer = sandbox.publish(account, "Hello", "k1");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("id")).matches("[0-9]+");
        assertThat(answer.text("url")).matches(server.url() + "/p/[A-Za-z0-9_-]{22}");
        assertThat(answer.text("created_at")).isEqualTo("2027-03-01T12:00:00Z");
    }

    @Test
    void anExactLookUpFindsThePostAsItWasSent() {
        var account = sandbox.newAccount();
        var another = sandbox.publish(account, "another", "k0").text("id");
        sandbox.post(account + "/posts", """
                {"platform": "bluesky", "text": "Grüße 🎉", "client_key": "a key/1+1 &", "reply_to": "%s",
                 "settings": {"languages": ["de"], "threadgate": {"allow": []}, "ratio": 1.25}}
                """.formatted(another));

        var found = sandbox.get(account + "/posts?client_key=a%20key%2F1%2B1+%26");

        assertThat(found.at("data").size()).isEqualTo(1);
        assertThat(found.text("data.0.text")).isEqualTo("Grüße 🎉");
        assertThat(found.text("data.0.client_key")).isEqualTo("a key/1+1 &");
        assertThat(found.text("data.0.reply_to")).isEqualTo(another);
        assertThat(found.text("data.0.platform")).isEqualTo("bluesky");
        assertThat(found.at("data.0.deleted_at").isNull()).isTrue();
        assertThat(found.text("data.0.settings.languages.0")).isEqualTo("de");
        assertThat(found.at("data.0.settings.threadgate.allow").size()).isZero();
    }

    @Test
    void aReplyToWhatTheAccountDoesNotHaveIsRefusedInTheNetworksOwnForm() {
        var account = sandbox.newAccount();
        var deleted = sandbox.publish(account, "first", "k0").text("id");
        var ofAnother = sandbox.publish(sandbox.newAccount(), "elsewhere", "k0").text("id");
        sandbox.delete(account + "/posts/" + deleted);

        for (var target : List.of(deleted, ofAnother, "no number", "987654321")) {
            var answer = reply(account, "k1", target, false);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("error.code")).isEqualTo("reply_target_missing");
        }
        assertThat(sandbox.total(account)).isOne();
    }

    // Otherwise a post that was published would be taken for one that was refused.
    @Test
    void aRepetitionIsRecognisedEvenWhenThePostThatItRepliesToIsGone() {
        var account = sandbox.newAccount();
        var first = sandbox.publish(account, "first", "k0").text("id");
        var accepted = reply(account, "k1", first, true);
        sandbox.delete(account + "/posts/" + first);

        var again = reply(account, "k1", first, true);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(accepted.text("id"));
        assertThat(reply(account, "k2", first, true).status()).isEqualTo(404);
    }

    private Reply reply(String account, String clientKey, String target, boolean ownIdempotency) {
        return sandbox.post(account + "/posts", """
                {"platform": "bluesky", "text": "more", "client_key": "%s", "reply_to": "%s", "own_idempotency": %s, "settings": {}}
                """.formatted(clientKey, target, ownIdempotency));
    }

    @Test
    void anExactLookUpThatFindsNothingIsAnEmptyList() {
        var account = sandbox.newAccount();

        var answer = sandbox.get(account + "/posts?client_key=unheard-of");

        assertThat(answer.body()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void postsAreListedNewestFirstPageByPageWithTheirTotal() {
        var account = sandbox.newAccount();
        IntStream.rangeClosed(1, 5).forEach(number -> sandbox.publish(account, "post " + number, "k" + number));

        var first = sandbox.get(account + "/posts?limit=2");
        var second = sandbox.get(account + "/posts?limit=2&cursor=" + first.text("next_cursor"));
        var third = sandbox.get(account + "/posts?limit=2&cursor=" + second.text("next_cursor"));

        assertThat(first.texts()).containsExactly("post 5", "post 4");
        assertThat(second.texts()).containsExactly("post 3", "post 2");
        assertThat(third.texts()).containsExactly("post 1");
        assertThat(third.at("next_cursor").isNull()).isTrue();
        assertThat(List.of(first, second, third))
                .allSatisfy(page -> assertThat(page.number("total")).isEqualTo(5));
    }

    @Test
    void recentPostsAreThoseThatStandAndWereMadeInTheTimeAskedFor() {
        var account = sandbox.newAccount();
        sandbox.publish(account, "too early", "k1");
        clock.forward(Duration.ofMinutes(5));
        sandbox.publish(account, "first", "k2");
        clock.forward(Duration.ofMinutes(1));
        var deleted = sandbox.publish(account, "deleted", "k3");
        sandbox.delete(account + "/posts/" + deleted.text("id"));
        sandbox.publish(account, "second", "k4");
        clock.forward(Duration.ofMinutes(5));
        sandbox.publish(account, "too late", "k5");

        var recent = sandbox.get(account + "/recent?since=2027-03-01T12:05:00Z&until=2027-03-01T12:06:00Z");

        assertThat(recent.texts()).containsExactly("second", "first");
        assertThat(recent.at("next_cursor").isNull()).isTrue();
        assertThat(recent.body()).doesNotContain("client_key", "k2");
    }

    @Test
    void recentPostsComeInPagesOfAHundred() {
        var account = sandbox.newAccount();
        IntStream.rangeClosed(1, 101).forEach(number -> sandbox.publish(account, "post " + number, "k" + number));
        var window = account + "/recent?since=2027-03-01T12:00:00Z&until=2027-03-01T12:00:00Z";

        var first = sandbox.get(window);
        var second = sandbox.get(window + "&cursor=" + first.text("next_cursor"));

        assertThat(first.texts()).hasSize(100).startsWith("post 101").endsWith("post 2");
        assertThat(second.texts()).containsExactly("post 1");
        assertThat(second.at("next_cursor").isNull()).isTrue();
    }

    // If the sandbox merged repetitions, a double publication would pass every test unnoticed.
    @Test
    void aRepeatedClientKeyMakesASecondPostUnlessTheNetworkHasOwnIdempotency() {
        var account = sandbox.newAccount();

        sandbox.publish(account, "Hello", "k1");
        var repeat = sandbox.publish(account, "Hello", "k1");

        assertThat(repeat.status()).isEqualTo(201);
        assertThat(sandbox.total(account)).isEqualTo(2);
    }

    @Test
    void withOwnIdempotencyARepeatIsAnsweredWithTheFirstPost() {
        var account = sandbox.newAccount();

        var first = sandbox.publishOnce(account, "Hello", "k1");
        clock.forward(Duration.ofMinutes(1));
        var repeat = sandbox.publishOnce(account, "Hello again", "k1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(repeat.status()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(sandbox.posts(account).texts()).containsExactly("Hello");
    }

    // A network with own idempotency must keep that promise to concurrent callers too, or the worker's races go
    // untested.
    @Test
    void withOwnIdempotencyFiftyCallsAtOnceMakeOnePost() throws Exception {
        var account = sandbox.newAccount();

        var answers = atOnce(50, () -> sandbox.publishOnce(account, "Hello", "k1"));

        assertThat(answers).extracting(Reply::status).containsOnly(200, 201);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .extracting(Reply::body)
                .containsOnly(answers.getFirst().body());
        assertThat(sandbox.total(account)).isEqualTo(1);
    }

    @Test
    void withoutOwnIdempotencyFiftyCallsAtOnceMakeFiftyPosts() throws Exception {
        var account = sandbox.newAccount();

        var answers = atOnce(50, () -> sandbox.publish(account, "Hello", "k1"));

        assertThat(answers).extracting(Reply::status).containsOnly(201);
        assertThat(sandbox.total(account)).isEqualTo(50);
    }

    @Test
    void aDeletedPostLosesItsPageAndStaysInTheTotal() {
        var account = sandbox.newAccount();
        var post = sandbox.publish(account, "Hello", "k1");
        var address = account + "/posts/" + post.text("id");

        var first = sandbox.delete(address);
        clock.forward(Duration.ofMinutes(1));
        var second = sandbox.delete(address);

        assertThat(first.status()).isEqualTo(204);
        assertThat(second.status()).isEqualTo(204);
        assertThat(sandbox.get(post.text("url")).status()).isEqualTo(404);
        var listed = sandbox.posts(account);
        assertThat(listed.number("total")).isEqualTo(1);
        assertThat(listed.text("data.0.deleted_at")).isEqualTo("2027-03-01T12:00:00Z");
    }

    // If another account could see or delete the post, tenants would not be isolated.
    @Test
    void aPostOfOneAccountIsOutOfReachForAnother() {
        var hers = sandbox.newAccount();
        var his = sandbox.newAccount();
        var post = sandbox.publishOnce(hers, "Hello", "k1");

        var deleted = sandbox.delete(his + "/posts/" + post.text("id"));
        var sameKey = sandbox.publishOnce(his, "Mine", "k1");

        assertThat(deleted.status()).isEqualTo(404);
        assertThat(sameKey.status()).isEqualTo(201);
        assertThat(sandbox.posts(his).texts()).containsExactly("Mine");
        assertThat(sandbox.get(his + "/posts?client_key=k1").texts()).containsExactly("Mine");
        assertThat(sandbox.posts(hers).texts()).containsExactly("Hello");
        assertThat(sandbox.total(his)).isEqualTo(1);
    }

    @Test
    void registeringAnAccountAgainRenamesItAndKeepsItsPosts() {
        var account = sandbox.newAccount();
        sandbox.publish(account, "Hello", "k1");

        var answer = sandbox.put(account, """
                {"platform": "x", "username": "ada_l"}
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("username")).isEqualTo("ada_l");
        assertThat(sandbox.total(account)).isEqualTo(1);
    }

    @Test
    void postsSurviveARestart() {
        var account = sandbox.newAccount();
        sandbox.publish(account, "Hello", "k1");

        stop();
        start();

        assertThat(sandbox.posts(account).texts()).containsExactly("Hello");
    }

    @Test
    void permalinksLeadToThePublicAddressWhereThereIsOne() {
        var config = config(0, clock);
        var named = new SandboxConfig(
                0, URI.create("https://sandbox.example.com/"), config.store(), config.secret(), config.clock());

        try (var behindProxy = SandboxServer.start(named);
                var client = new SandboxClient(behindProxy.url())) {
            var post = client.publish(client.newAccount(), "Hello", "k1");

            assertThat(post.text("url")).startsWith("https://sandbox.example.com/p/");
        }
    }

    @Test
    void aTakenPortIsNamed() {
        assertThatThrownBy(() -> SandboxServer.start(config(server.port(), clock)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
    }

    @Test
    void configurationShowsNoSecretAndRefusesAShortOne() {
        var config = config(0, clock);

        assertThat(config.toString())
                .doesNotContain(SandboxClient.SECRET, config.store().password());
        assertThatThrownBy(() -> new SandboxConfig(0, null, config.store(), "short", clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SandboxConfig config(int port, Clock clock) {
        return new SandboxConfig(port, null, TestStore.store(), SandboxClient.SECRET, clock);
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(Collections.nCopies(times, call))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
