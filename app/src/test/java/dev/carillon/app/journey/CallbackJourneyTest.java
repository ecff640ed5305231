package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.WebhookReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Posts with a callback address are published, and their receiver verifies the webhooks. */
@Tag("slow")
@Timeout(180)
class CallbackJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    // A receiver of another post's events would learn what that post says; a receiver that cannot verify signatures
    // would accept forged events.
    @Test
    void aPostsEventsReachItsAddressAndNoOtherPostsDoSignedWithTheSecretsThatCountAtTheTime() throws Exception {
        try (var address = WebhookReceiver.start();
                var endpoint = WebhookReceiver.start();
                var carillon = RunningCarillon.start(data, settings(address, endpoint))) {
            var posts = new Posts(carillon, account(carillon));
            carillon.postTest(
                    "/v1/webhook_endpoints", "{\"url\": \"%s\", \"events\": [\"*\"]}".formatted(endpoint.url()));
            var first = rotated(carillon, Duration.ZERO);

            var other = posts.published("without an address", null);
            var told = posts.published("with an address", address.url());
            awaitAll(endpoint, posts.eventsOf(other));
            awaitAll(endpoint, posts.eventsOf(told));
            awaitAll(address, posts.eventsOf(told));

            assertThat(posts.typesOf(told)).contains("post.created", "publication.published", "post.published");
            assertThat(idsAt(address)).as("only the events of this post").isEqualTo(posts.eventsOf(told));
            for (var request : address.received()) {
                assertGenuine(request, first);
                assertThat(request.text()).isEqualTo(carillon.textOfTest("/v1/events/" + idOf(request)));
            }
            for (var request : endpoint.received()) {
                assertForged(request, first);
            }

            var second = rotated(carillon, Duration.ofHours(1));
            for (var request : awaitAll(address, posts.eventsOf(posts.published("overlap", address.url())))) {
                assertGenuine(request, first);
                assertGenuine(request, second);
            }

            var third = rotated(carillon, Duration.ZERO);
            for (var request : awaitAll(address, posts.eventsOf(posts.published("no overlap", address.url())))) {
                assertGenuine(request, third);
                assertForged(request, first);
                assertForged(request, second);
            }
        }
    }

    private static Map<String, String> settings(WebhookReceiver address, WebhookReceiver endpoint) {
        return Map.of(
                "CARILLON_SANDBOX_PORT",
                "0",
                "CARILLON_OUTBOUND_ALLOW",
                address.url().getAuthority() + "," + endpoint.url().getAuthority());
    }

    private static String account(RunningCarillon carillon) {
        return carillon.postTest("/v1/accounts", "{\"platform\": \"sandbox\", \"username\": \"plain\"}")
                .get("id")
                .asText();
    }

    /** Rotates the secret of callbacks and returns the new one. */
    private static String rotated(RunningCarillon carillon, Duration overlap) {
        return carillon.postTest(
                        "/v1/callback_secret/rotate", "{\"expires_previous_in\": %d}".formatted(overlap.toSeconds()))
                .get("secret")
                .asText();
    }

    /** The requests with these events, once all of them have arrived. */
    private static List<ReceivedRequest> awaitAll(WebhookReceiver receiver, Set<String> events) {
        await().atMost(SOON).until(() -> idsAt(receiver).containsAll(events));
        return receiver.received().stream()
                .filter(request -> events.contains(idOf(request)))
                .toList();
    }

    private static Set<String> idsAt(WebhookReceiver receiver) {
        return receiver.received().stream().map(CallbackJourneyTest::idOf).collect(Collectors.toSet());
    }

    private static String idOf(ReceivedRequest request) {
        return request.header("webhook-id").orElseThrow();
    }

    private static void assertGenuine(ReceivedRequest request, String secret) throws Exception {
        new Webhook(secret).verify(request.text(), request.headers());
    }

    private static void assertForged(ReceivedRequest request, String secret) {
        assertThatThrownBy(() -> new Webhook(secret).verify(request.text(), request.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    /** The posts of one account. */
    private record Posts(RunningCarillon carillon, String account) {
        /** Publishes a post and waits until it is published. */
        String published(String text, @Nullable URI webhookUrl) {
            var callback = webhookUrl == null ? "" : "\"webhook_url\": \"%s\",".formatted(webhookUrl);
            var post = carillon.postTest("/v1/posts", """
                            {"text": "%s", "publish": "now", %s "targets": [{"account_id": "%s"}]}
                            """.formatted(text, callback, account))
                    .get("id")
                    .asText();
            await().atMost(SOON).until(() -> typesOf(post).contains("post.published"));
            return post;
        }

        Set<String> eventsOf(String post) {
            return ofEvents(post, "id");
        }

        Set<String> typesOf(String post) {
            return ofEvents(post, "type");
        }

        private Set<String> ofEvents(String post, String field) {
            var events = carillon.getTest("/v1/events?post_id=" + post).get("data");
            return StreamSupport.stream(events.spliterator(), false)
                    .map(event -> event.get(field).asText())
                    .collect(Collectors.toSet());
        }
    }
}
