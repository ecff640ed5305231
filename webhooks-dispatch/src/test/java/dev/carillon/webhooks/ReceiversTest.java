package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.EndpointRotation;
import dev.carillon.core.webhook.endpoint.NewEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.peers.ReceiverProgram;
import dev.carillon.testkit.peers.ReceiverProgram.Language;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the example receivers of {@code docs/webhooks.md}. */
@Tag("slow")
class ReceiversTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path PAGE = Path.of("..", "docs", "webhooks.md");
    private static final Pattern CODE = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestCarillon carillon;
    private static WebhookEndpointService endpoints;
    private static Actor actor;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.outbound.allow", "127.0.0.1"));
        endpoints = carillon.bean(WebhookEndpointService.class);
        actor = carillon.test();
        carillon.bean(DispatchRole.class).start();
    }

    @AfterAll
    static void stop() {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        HTTP.close();
    }

    // People copy these receivers. One that accepts a forged event would be a security hole for everyone who copied it.
    @ParameterizedTest
    @EnumSource
    void aReceiverOfThePageTakesWhatIsGenuineOnceAndNothingElse(Language language) throws Exception {
        int port = ReceiverProgram.freePort();
        var url = ReceiverProgram.urlOf(port);
        var endpoint = endpointAt(url);
        var stranger = endpointAt(url);
        try (var receiver = ReceiverProgram.startOrSkip(
                language, codeIn(language.tag()), port, endpoint.secret().value())) {

            var event = happens(carillon, actor, "acct_first_" + language.tag());

            awaitAttempt(endpoint, event, "delivered 204");
            awaitAttempt(stranger, event, "refused 400");
            assertThat(recordedAttempts(stranger, event)).doesNotContain("delivered 204");
            awaitWorkOn(receiver, event);
            var forger = new Forger(url, endpoint.secret().value(), event);
            assertThat(forger.sends(forger.body(), now())).as("a repetition").isEqualTo(204);
            assertThat(forger.sendsOneByteChanged()).as("one byte changed").isEqualTo(400);
            assertThat(forger.sends(forger.body(), now().minusSeconds(360)))
                    .as("six minutes old")
                    .isEqualTo(400);
            assertThat(forger.sends(forger.body(), now().plusSeconds(360)))
                    .as("six minutes ahead")
                    .isEqualTo(400);
            assertThat(forger.sendsUnsigned()).as("unsigned").isEqualTo(400);
            var younger = happens(carillon, actor, "acct_second_" + language.tag());
            awaitWorkOn(receiver, younger);
            assertThat(workedOn(receiver, event)).as("repetitions are dropped").isEqualTo(1);

            rotated(endpoint, Duration.ofDays(1));
            awaitAttempt(endpoint, happens(carillon, actor, "acct_overlap_" + language.tag()), "delivered 204");
            rotated(endpoint, Duration.ZERO);
            awaitAttempt(endpoint, happens(carillon, actor, "acct_rotated_" + language.tag()), "refused 400");
        }
        List.of(endpoint, stranger)
                .forEach(made -> endpoints.delete(actor, made.endpoint().id()));
    }

    /** Rotates the secret; the receiver keeps the old one. */
    private static void rotated(NewEndpoint endpoint, Duration overlap) {
        carillon.bean(EndpointRotation.class).rotate(actor, endpoint.endpoint().id(), overlap);
    }

    private static NewEndpoint endpointAt(URI url) {
        return endpoints.create(actor, anEndpoint(url.toString(), "*"));
    }

    private static String codeIn(String tag) throws IOException {
        var page = Files.readString(PAGE);
        var receivers = page.substring(page.indexOf("\n## Receive\n"));
        return CODE.matcher(receivers)
                .results()
                .filter(block -> block.group(1).equals(tag))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/webhooks.md has no receiver in " + tag));
    }

    private static void awaitWorkOn(ReceiverProgram receiver, RecordedEvent event) {
        await().atMost(SOON).untilAsserted(() -> assertThat(workedOn(receiver, event))
                .as("work on %s in %s", event.id(), receiver.output())
                .isEqualTo(1));
    }

    private static long workedOn(ReceiverProgram receiver, RecordedEvent event) {
        return receiver.output().stream()
                .filter(line ->
                        line.startsWith("work on ") && line.contains(event.id().toString()))
                .count();
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    /** Waits until some attempt has this outcome. It may be the second one, if the receiver had closed a kept-alive connection. */
    private static void awaitAttempt(NewEndpoint endpoint, RecordedEvent event, String outcome) {
        await(outcome).atMost(SOON).until(() -> recordedAttempts(endpoint, event)
                .contains(outcome));
    }

    private static List<String> recordedAttempts(NewEndpoint endpoint, RecordedEvent event) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.prepareStatement(
                        "SELECT concat(outcome, ' ', status_code) FROM webhook_attempt WHERE endpoint_id = ? AND event_id = ? ORDER BY number")) {
            statement.setObject(1, endpoint.endpoint().id().value());
            statement.setObject(2, event.id().value());
            var attempts = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    attempts.add(rows.getString(1));
                }
            }
            return attempts;
        }
    }

    /** Sends an event by hand, as an attacker could who knows a secret or has recorded a request. */
    private record Forger(URI url, String secret, RecordedEvent event) {
        String body() {
            return event.body();
        }

        /** Sends a changed body with the signature of the original body. */
        int sendsOneByteChanged() throws Exception {
            var changed = body().getBytes(StandardCharsets.UTF_8);
            changed[changed.length - 2] ^= 1;
            var at = now();
            return sends(changed, at, signature(at));
        }

        int sendsUnsigned() throws Exception {
            var request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body()));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        }

        /** Sends two signatures: first one from another secret, then the right one. */
        int sends(String body, Instant at) throws Exception {
            var another = new Webhook("whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBlbmRwb2ludA==")
                    .sign(event.id().toString(), at.getEpochSecond(), body);
            return sends(body.getBytes(StandardCharsets.UTF_8), at, another + " " + signature(at));
        }

        private int sends(byte[] body, Instant at, String signature) throws Exception {
            var request = HttpRequest.newBuilder(url)
                    .header("content-type", "application/json")
                    .header("webhook-id", event.id().toString())
                    .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                    .header("webhook-signature", signature)
                    .POST(BodyPublishers.ofByteArray(body));
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        }

        private String signature(Instant at) throws Exception {
            return new Webhook(secret).sign(event.id().toString(), at.getEpochSecond(), body());
        }
    }
}
