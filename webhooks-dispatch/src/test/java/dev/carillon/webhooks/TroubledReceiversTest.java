package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receivers that misbehave. Each has its own workspace. */
class TroubledReceiversTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static WebhookReceiver receiver;
    private static WebhookReceiver overIpv6;
    private static ServerSocket endless;
    private static TestCarillon carillon;
    private static RecordedAttempts attempts;

    @BeforeAll
    static void start() throws IOException {
        receiver = WebhookReceiver.start();
        overIpv6 = WebhookReceiver.startOn("::1");
        endless = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(TroubledReceiversTest::beginToAnswer);
        var allowed = receiver.url().getAuthority() + "," + overIpv6.url().getAuthority() + ",127.0.0.1:"
                + endless.getLocalPort();
        carillon = TestCarillon.start(Map.of(
                "carillon.outbound.allow",
                allowed,
                "carillon.webhooks.retries",
                "50ms",
                "carillon.webhooks.timeout",
                TIMEOUT.toMillis() + "ms"));
        attempts = new RecordedAttempts(carillon);
        carillon.bean(DispatchRole.class).start();
    }

    @AfterAll
    static void stop() throws IOException {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        receiver.close();
        overIpv6.close();
        endless.close();
    }

    // Following the redirect would send a signed event to an unchecked address.
    @Test
    void aRedirectIsNotFollowed() {
        receiver.replying(Reply.status(302)
                .withHeader("Location", receiver.url("/elsewhere").toString()));

        var event = sent(receiver.url("/moved"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("refused 302", "delivered 204"));
        assertThat(receiver.received()).noneMatch(request -> request.path().equals("/elsewhere"));
    }

    @Test
    void whoeverAnswersTooLateIsCutOff() {
        receiver.replying(Reply.ok().after(TIMEOUT.multipliedBy(10)));

        var event = sent(receiver.url("/slow"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("deadline null", "delivered 204"));
        assertThat(attempts.number("SELECT duration_ms FROM webhook_attempt WHERE number = 1 AND event_id = ?", event))
                .isBetween(TIMEOUT.toMillis(), TIMEOUT.toMillis() + 5_000);
        assertThat(attempts.text("SELECT error FROM webhook_attempt WHERE number = 1 AND event_id = ?", event))
                .isEqualTo(receiver.url().getAuthority() + " did not send a complete answer in time.");
    }

    // The receiver has accepted the event. A repetition because of an unread body would be useless.
    @Test
    void anAnswerWhoseBodyNeverEndsIsJudgedByItsHead() {
        var event = sent(URI.create("http://127.0.0.1:%d/endless".formatted(endless.getLocalPort())));

        await().atMost(SOON).untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("delivered 200"));
        assertThat(attempts.text("SELECT reply FROM webhook_attempt WHERE event_id = ?", event))
                .isEqualTo("taken, and");
    }

    @Test
    void aCutAnswerIsNone() {
        receiver.replying(Reply.cut());

        var event = sent(receiver.url("/cut"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("cut null", "delivered 204"));
    }

    @Test
    void aReceiverWithoutTlsIsNotSentAnythingOverHttps() {
        // This server writes at once. A server that waited for a valid request would cause a timeout, not a TLS error.
        var plain = "127.0.0.1:" + endless.getLocalPort();
        var event = sent(URI.create("https://" + plain + "/tls"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("tls null", "tls null"));
        assertThat(attempts.text("SELECT error FROM webhook_attempt WHERE number = 1 AND event_id = ?", event))
                .startsWith("Could not open a secure connection to " + plain);
    }

    @Test
    void aReceiverIsReachedOverIpv6() {
        var event = sent(overIpv6.url("/six"));

        await().atMost(SOON).untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("delivered 204"));
    }

    @Test
    void theFirstFourKilobytesOfAnAnswerAreKeptAndWhereTheTimeWent() {
        receiver.replying(Reply.status(500).withBody("x" + "€".repeat(5_000)).after(Duration.ofMillis(30)));

        var event = sent(receiver.url("/wordy"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts.of(event)).containsExactly("refused 500", "delivered 204"));
        // One byte, then as many three-byte characters as fit.
        assertThat(attempts.text("SELECT reply FROM webhook_attempt WHERE number = 1 AND event_id = ?", event))
                .isEqualTo("x" + "€".repeat(1_365));
        assertThat(attempts.number(
                        "SELECT first_byte_ms FROM webhook_attempt WHERE number = 1 AND event_id = ?", event))
                .isBetween(30L, TIMEOUT.toMillis());
        assertThat(attempts.number(
                        "SELECT count(*) FROM webhook_attempt WHERE number = 1 AND dns_ms >= 0 AND connect_ms >= 0 AND tls_ms = 0 AND event_id = ?",
                        event))
                .isOne();
    }

    private static RecordedEvent sent(URI url) {
        var actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        carillon.bean(WebhookEndpointService.class).create(actor, anEndpoint(url.toString(), "account.*"));
        return happens(carillon, actor, "acct_one");
    }

    /** Sends status 200 and part of a body, and then nothing more while the caller waits. */
    private static void beginToAnswer() {
        while (!endless.isClosed()) {
            try {
                var caller = endless.accept();
                caller.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\ntaken, and"
                                .getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().flush();
            } catch (IOException closed) {
                return;
            }
        }
    }
}
