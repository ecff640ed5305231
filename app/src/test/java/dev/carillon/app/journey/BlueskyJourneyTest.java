package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.testkit.HoldingProxy;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.WebhookReceiver;
import dev.carillon.testkit.peers.BlueskyPds;
import dev.carillon.testkit.peers.BlueskyPds.StoredRecord;
import dev.carillon.testkit.peers.StandardWebhooksVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A post to a real Bluesky server, while the process that publishes it is killed at the worst moments. */
@Tag("slow")
@Timeout(240)
class BlueskyJourneyTest {
    private static final String POSTS = "app.bsky.feed.post";
    private static final String WRITE = "com.atproto.repo.putRecord";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static BlueskyPds pds;
    private static StandardWebhooksVerifier verifier;
    private static int people;

    @TempDir
    private Path data;

    private WebhookReceiver receiver;
    private HoldingProxy proxy;
    private BlueskyPds.Account alice;
    private RunningCarillon carillon;
    private String secret;
    private String account;

    @BeforeAll
    static void startPeers() {
        pds = BlueskyPds.startOrSkip();
        verifier = StandardWebhooksVerifier.installOrSkip();
    }

    @AfterAll
    static void stopPeers() {
        if (pds != null) {
            pds.close();
        }
    }

    @BeforeEach
    void connect() {
        receiver = WebhookReceiver.start();
        proxy = HoldingProxy.inFrontOf(URI.create(pds.url()));
        alice = pds.createAccount("alice" + people++ + ".test");
        carillon = start();
        secret = carillon.postLive("/v1/webhook_endpoints", """
                        {"url": "%s", "events": ["*"]}
                        """.formatted(receiver.url()))
                .get("secret")
                .asText();
        account = carillon.postLive("/v1/accounts", """
                        {"platform": "bluesky", "credentials": {"pds_url": "%s", "identifier": "%s", "app_password": "%s"}}
                        """.formatted(proxy.url(), alice.handle(), alice.appPassword()))
                .get("id")
                .asText();
    }

    @AfterEach
    void stop() throws IOException {
        carillon.close();
        proxy.close();
        receiver.close();
    }

    private RunningCarillon start() {
        var allowed = String.join(",", proxy.hostAndPort(), receiver.url().getAuthority());
        // Leases are short, so that what a killed process held is free again soon; the rules stay the same.
        return RunningCarillon.start(
                data,
                Map.of(
                        "CARILLON_OUTBOUND_ALLOW", allowed,
                        "CARILLON_SANDBOX_PORT", "0",
                        "CARILLON_DISPATCH_LEASE", "5s",
                        "CARILLON_PUBLISHING_CALL_DEADLINE", "4s"));
    }

    @Test
    void aPostIsPublishedReadBackAnnouncedAndMetered() {
        var text = "Ring 🔔 for @%s on https://example.com/bells #carillon".formatted(alice.handle());

        var post = publish(text);
        var published = awaitPublished(post);

        var record = onlyRecord().value();
        assertThat(record.get("text").asText()).isEqualTo(text);
        assertThat(facet(record, "link").get("uri").asText()).isEqualTo("https://example.com/bells");
        assertThat(facet(record, "mention").get("did").asText()).isEqualTo(alice.did());
        assertThat(facet(record, "tag").get("tag").asText()).isEqualTo("carillon");
        assertThat(bytesOfFacet(record, text, "link")).isEqualTo("https://example.com/bells");
        assertThat(published.get("permalink").asText()).startsWith("https://bsky.app/profile/" + alice.did());
        assertAnnouncedAndMeteredOnce(post);
    }

    // The whole process group is killed, with its servers. They start again on the same data.
    @Test
    void aProcessThatIsKilledBeforeTheCallLeavesExactlyOnePost() throws InterruptedException {
        proxy.holdRequest(WRITE);
        var post = publish("Killed before the call");
        assertThat(proxy.awaitHeld(60)).isTrue();

        carillon.process().kill9Group();
        proxy.letPass();
        carillon = start();

        awaitPublished(post);
        onlyRecord();
        assertAnnouncedAndMeteredOnce(post);
    }

    // Only the JVM is killed. The orphaned servers must not prevent the next start.
    @Test
    void aProcessThatIsKilledBetweenTheCallAndItsRecordLeavesExactlyOnePost() throws InterruptedException {
        proxy.holdReply(WRITE);
        var post = publish("Killed after the call");
        assertThat(proxy.awaitHeld(60)).isTrue();
        var before = onlyRecord();

        carillon.process().kill9();
        proxy.letPass();
        carillon = start();

        var published = awaitPublished(post);
        assertThat(onlyRecord()).isEqualTo(before);
        assertThat(published.get("platform_post_id").asText()).isEqualTo(before.uri());
        assertAnnouncedAndMeteredOnce(post);
    }

    private String publish(String text) {
        var body = """
                {"text": "%s", "targets": [{"account_id": "%s"}], "publish": "now"}
                """.formatted(text, account);
        return carillon.postLive("/v1/posts", body).get("id").asText();
    }

    private JsonNode awaitPublished(String post) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        carillon.getLive("/v1/posts/" + post).get("status").asText())
                .isEqualTo("published"));
        return carillon.getLive("/v1/posts/" + post).get("publications").get(0);
    }

    private StoredRecord onlyRecord() {
        var records = pds.records(alice.did(), POSTS);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private void assertAnnouncedAndMeteredOnce(String post) {
        var received = receiver.awaitReceived(
                request -> request.text().contains("\"post.published\"")
                        && request.text().contains(post),
                SOON);
        assertThat(verifier.objection(secret, headers(received), received.text()))
                .isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        carillon.getLive("/v1/usage").get("quantity").asLong())
                .isEqualTo(1));
    }

    private static Map<String, String> headers(ReceivedRequest request) {
        return Map.of(
                "webhook-id", request.header("webhook-id").orElseThrow(),
                "webhook-timestamp", request.header("webhook-timestamp").orElseThrow(),
                "webhook-signature", request.header("webhook-signature").orElseThrow());
    }

    private static JsonNode facet(JsonNode record, String kind) {
        return whole(record, kind).get("features").get(0);
    }

    private static String bytesOfFacet(JsonNode record, String text, String kind) {
        var index = whole(record, kind).get("index");
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = index.get("byteStart").asInt();
        return new String(bytes, start, index.get("byteEnd").asInt() - start, StandardCharsets.UTF_8);
    }

    private static JsonNode whole(JsonNode record, String kind) {
        return List.copyOf(record.get("facets").findParents("features")).stream()
                .filter(facet ->
                        facet.get("features").get(0).get("$type").asText().endsWith("#" + kind))
                .findFirst()
                .orElseThrow();
    }
}
