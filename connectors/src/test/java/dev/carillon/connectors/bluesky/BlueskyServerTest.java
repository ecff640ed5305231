package dev.carillon.connectors.bluesky;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.connectors.CredentialsInMemory;
import dev.carillon.connectors.FixedClocks;
import dev.carillon.connectors.GuardedHttp;
import dev.carillon.connectors.Requests;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.LinksAccounts.Linking;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.ReplyTo;
import dev.carillon.testkit.peers.BlueskyPds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connector with a production Bluesky server; posts are read back with a client that shares no code with it. */
@Tag("slow")
class BlueskyServerTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static BlueskyPds pds;
    private static BlueskyPds.Account alice;
    private static BlueskyPds.Account bob;
    private static GuardedHttp http;

    @BeforeAll
    static void start() {
        pds = BlueskyPds.startOrSkip();
        alice = pds.createAccount("alice.test");
        bob = pds.createAccount("bob.test");
        http = GuardedHttp.opening(pds.hostAndPort());
    }

    @AfterAll
    static void stop() {
        if (pds != null) {
            http.close();
            pds.close();
        }
    }

    @Test
    void anAppPasswordLinksTheAccount() {
        var linked = linked(alice);

        assertThat(linked.identity().externalId()).isEqualTo(alice.did());
        assertThat(linked.identity().username()).isEqualTo("alice.test");
        assertThat(linked.identity().serviceUrl()).isEqualTo(pds.url());
        assertThat(linked.credentials().values().values()).doesNotContain(alice.appPassword());
    }

    @Test
    void aWrongPasswordIsRejected() {
        var input = Map.of("pds_url", pds.url(), "identifier", "alice.test", "app_password", "aaaa-bbbb-cccc-dddd");

        assertThat(connector(Credentials.NONE).link(input)).isInstanceOf(Linking.CredentialRejected.class);
    }

    @Test
    void linkMentionAndHashtagStandInTheRecordByTheirBytes() throws JsonProcessingException {
        var text = "☀️ Guten Morgen @bob.test: lies https://carillon.dev/docs, 鐘 #Glöckchen!";

        var post = published(
                connector(alice), Requests.on(account(alice)).saying(text).with(Map.of("langs", List.of("de"))));

        var key = requireNonNull(post.id()).substring(requireNonNull(post.id()).lastIndexOf('/') + 1);
        var stored = pds.findRecord(alice.did(), "app.bsky.feed.post", key).orElseThrow();
        assertThat(post.permalink()).isEqualTo("https://bsky.app/profile/" + alice.did() + "/post/" + key);
        assertThat(post.refs()).isEqualTo(Map.of("uri", stored.uri(), "cid", stored.cid()));
        assertThat(stored.value()).isEqualTo(JSON.readTree("""
                {"$type":"app.bsky.feed.post","text":"%s","createdAt":"2026-11-22T12:00:00.123Z","langs":["de"],"facets":[
                 {"index":{"byteStart":20,"byteEnd":29},
                  "features":[{"$type":"app.bsky.richtext.facet#mention","did":"%s"}]},
                 {"index":{"byteStart":36,"byteEnd":61},
                  "features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://carillon.dev/docs"}]},
                 {"index":{"byteStart":67,"byteEnd":78},
                  "features":[{"$type":"app.bsky.richtext.facet#tag","tag":"Glöckchen"}]}]}
                """.formatted(text, bob.did())));
    }

    @Test
    void theServerTakesAThreadAsReplies() {
        var grace = pds.createAccount("grace.test");
        var connector = connector(grace);
        var first = published(connector, Requests.on(account(grace)));
        var second =
                published(connector, Requests.on(account(grace)).saying("more").answering(new ReplyTo(first, first)));

        var third = published(
                connector, Requests.on(account(grace)).saying("and more").answering(new ReplyTo(second, first)));

        var key =
                requireNonNull(third.id()).substring(requireNonNull(third.id()).lastIndexOf('/') + 1);
        var reply = pds.findRecord(grace.did(), "app.bsky.feed.post", key)
                .orElseThrow()
                .value()
                .path("reply");
        assertThat(reply.path("root").path("uri").asText()).isEqualTo(first.id());
        assertThat(reply.path("root").path("cid").asText())
                .isEqualTo(first.refs().get("cid"));
        assertThat(reply.path("parent").path("uri").asText()).isEqualTo(second.id());
        assertThat(reply.path("parent").path("cid").asText())
                .isEqualTo(second.refs().get("cid"));
    }

    /** Otherwise a lost answer would become a second post. */
    @Test
    void theSameCheckpointAgainIsTheSamePost() {
        var carol = pds.createAccount("carol.test");
        var connector = connector(carol);
        var kept = new AtomicReference<>(Checkpoint.NONE);
        var request = Requests.on(account(carol)).keeping(kept::set);
        var first = published(connector, request);

        var second = published(connector, request.saying("edited meanwhile").after(kept.get()));

        assertThat(second).isEqualTo(first);
        assertThat(pds.records(carol.did(), "app.bsky.feed.post")).hasSize(1);
    }

    @Test
    void aPostAndItsGatesAreWrittenOnceHoweverOftenTheyAreSent() {
        var dave = pds.createAccount("dave.test");
        var connector = connector(dave);
        var kept = new AtomicReference<>(Checkpoint.NONE);
        var request = Requests.on(account(dave))
                .keeping(kept::set)
                .with(Map.of("reply_control", "nobody", "quotes", false, "labels", List.of("sexual")));
        var first = published(connector, request);

        var second = published(connector, request.after(kept.get()));

        assertThat(second).isEqualTo(first);
        assertThat(pds.records(dave.did(), "app.bsky.feed.post"))
                .singleElement()
                .satisfies(post -> assertThat(
                                post.value().at("/labels/values/0/val").asText())
                        .isEqualTo("sexual"));
        assertThat(pds.records(dave.did(), "app.bsky.feed.threadgate"))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.uri()).isEqualTo(first.refs().get("threadgate"));
                    assertThat(gate.value().path("post").asText()).isEqualTo(first.id());
                    assertThat(gate.value().path("allow").isArray()).isTrue();
                    assertThat(gate.value().path("allow")).isEmpty();
                });
        assertThat(pds.records(dave.did(), "app.bsky.feed.postgate"))
                .singleElement()
                .satisfies(gate -> assertThat(
                                gate.value().at("/embeddingRules/0/$type").asText())
                        .isEqualTo("app.bsky.feed.postgate#disableRule"));
    }

    @Test
    void replyRulesAreWrittenAsTheLexiconNamesThem() {
        var erin = pds.createAccount("erin.test");

        published(
                connector(erin),
                Requests.on(account(erin)).with(Map.of("reply_control", List.of("mentioned", "followers"))));

        assertThat(pds.records(erin.did(), "app.bsky.feed.threadgate")
                        .getFirst()
                        .value()
                        .findValuesAsText("$type"))
                .contains("app.bsky.feed.threadgate#mentionRule", "app.bsky.feed.threadgate#followerRule");
    }

    @Test
    void deletingTwiceIsDeletingOnceAndTakesTheGatesAlong() {
        var frank = pds.createAccount("frank.test");
        var connector = connector(frank);
        var post = published(
                connector, Requests.on(account(frank)).with(Map.of("reply_control", "nobody", "quotes", false)));

        for (int i = 0; i < 2; i++) {
            assertThat(connector.delete(account(frank), requireNonNull(post.id()), post.refs(), Deadline.in(DEADLINE)))
                    .isEqualTo(new Deletion.Deleted());
        }

        for (var collection : List.of("app.bsky.feed.post", "app.bsky.feed.threadgate", "app.bsky.feed.postgate")) {
            assertThat(pds.records(frank.did(), collection)).isEmpty();
        }
    }

    @Test
    void aPostIsFoundOnceItIsThereAndAbsentBefore() {
        var connector = connector(alice);
        var kept = new AtomicReference<>(Checkpoint.NONE);
        var lookUps = new AtomicReference<LookUp>();
        var request = Requests.on(account(alice)).keeping(checkpoint -> {
            kept.set(checkpoint);
            lookUps.set(connector.find(account(alice), checkpoint, Deadline.in(DEADLINE)));
        });

        var post = published(connector, request);

        assertThat(lookUps.get()).isEqualTo(new LookUp.Absent());
        assertThat(connector.find(account(alice), kept.get(), Deadline.in(DEADLINE)))
                .isEqualTo(new LookUp.Found(post));
    }

    @Test
    void anExpiredAccessTokenIsRenewedOnce() {
        var tokens = Tokens.of(linked(alice).credentials());
        var store = new CredentialsInMemory(new Tokens(pds.expired(tokens.access()), tokens.refresh()).toCredentials());
        var connector = connector(store);

        published(connector, Requests.on(account(alice)));
        published(connector, Requests.on(account(alice)));

        assertThat(store.renewals()).isEqualTo(1);
    }

    @Test
    void aSessionWhoseRefreshTokenHasExpiredTooIsLost() {
        var tokens = Tokens.of(linked(alice).credentials());
        var store = new CredentialsInMemory(
                new Tokens(pds.expired(tokens.access()), pds.expired(tokens.refresh())).toCredentials());

        assertLost(connector(store).publish(Requests.on(account(alice)).build()), ErrorCode.AUTH_EXPIRED);
    }

    @Test
    void aTokenOfNoSessionIsLostAndSoIsAnAccountWithoutTokens() {
        var forged = new CredentialsInMemory(new Tokens("x.y.z", "x.y.z").toCredentials());

        assertLost(connector(forged).publish(Requests.on(account(alice)).build()), ErrorCode.AUTH_REVOKED);
        assertLost(
                connector(new CredentialsInMemory(null))
                        .publish(Requests.on(account(alice)).build()),
                ErrorCode.ACCOUNT_DISCONNECTED);
    }

    @Test
    void theFullLengthIsTakenAsItIs() {
        var text = "👨‍👩‍👧‍👦".repeat(120);

        var post = published(connector(alice), Requests.on(account(alice)).saying(text));

        var stored = pds.findRecord(alice.did(), "app.bsky.feed.post", RecordUri.keyOf(requireNonNull(post.id())));
        assertThat(stored.orElseThrow().value().path("text").asText()).isEqualTo(text);
    }

    private static void assertLost(PublishOutcome outcome, ErrorCode code) {
        assertThat(outcome).isInstanceOfSatisfying(AccessLost.class, lost -> assertThat(
                        lost.failure().code())
                .isEqualTo(code));
    }

    private static PlatformPost published(BlueskyConnector connector, Requests request) {
        var outcome = connector.publish(request.within(DEADLINE).build());
        assertThat(outcome).isInstanceOf(Published.class);
        return ((Published) outcome).post();
    }

    private static Linking.Linked linked(BlueskyPds.Account account) {
        var input = Map.of("pds_url", pds.url(), "identifier", account.handle(), "app_password", account.appPassword());
        return (Linking.Linked) connector(Credentials.NONE).link(input);
    }

    private static ConnectedAccount account(BlueskyPds.Account account) {
        return Requests.account(Platform.BLUESKY, Mode.LIVE, account.did(), pds.url());
    }

    private static BlueskyConnector connector(BlueskyPds.Account account) {
        return connector(linked(account).credentials());
    }

    private static BlueskyConnector connector(Credentials credentials) {
        return connector(new CredentialsInMemory(credentials));
    }

    private static BlueskyConnector connector(CredentialsInMemory store) {
        return new BlueskyConnector(http.json(), http.urls(), store, FixedClocks.atNoon(), new BlueskyContentRules());
    }
}
