package dev.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without redaction, stored attempts would show texts and access tokens to everyone who can read attempts. */
@Timeout(60)
class ExchangeRecorderTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final MockWebServer server = new MockWebServer();
    private final OutboundHttp http =
            Outbound.allowing(Outbound.LEADS_HOME, "127.0.0.1").http();

    @BeforeEach
    void start() throws IOException {
        server.start(Outbound.HOME, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCallIsKeptWithoutWhatCouldBeASecretOrAText() {
        server.enqueue(
                new MockResponse(
                        400,
                        Headers.of("x-fb-trace-id", "Trace7", "x-request-id", "other"),
                        "{\"error\":{\"code\":190,\"type\":\"OAuthException\",\"message\":\"You said: hello world\",\"is_transient\":false}}"));

        var kept = kept(
                post(
                        "/v1/bot123456:AAEhBP0av18PEHG/sendMessage?access_token=topsecret",
                        "{\"repo\":\"did:plc:abc\",\"text\":\"hello world\",\"access_token\":\"tok\",\"otp\":123456,\"langs\":[\"en\"],\"reply\":{\"parent\":{\"id\":\"a b\"}}}"));

        assertThat(kept).singleElement().satisfies(exchange -> {
            assertThat(exchange.method()).isEqualTo("POST");
            assertThat(exchange.host()).isEqualTo("127.0.0.1:" + server.getPort());
            assertThat(exchange.path()).isEqualTo("/v1/{...}/sendMessage");
            assertThat(exchange.status()).isEqualTo(400);
            assertThat(exchange.trouble()).isNull();
            assertThat(exchange.platformRequestId()).isEqualTo("Trace7");
            assertThat(exchange.request().fields())
                    .containsEntry("/repo", "did:plc:abc")
                    .containsEntry("/text", Map.of("length", 11, "sha256", "b94d27b9934d3e08"))
                    .containsEntry("/access_token", "{...}")
                    .containsEntry("/otp", "{...}")
                    .containsEntry("/langs/0", "en")
                    .containsKey("/reply/parent/id");
            assertThat(replyTo(exchange).fields())
                    .containsEntry("/error/code", 190)
                    .containsEntry("/error/type", "OAuthException")
                    .containsEntry("/error/is_transient", false);
        });
        assertThat(kept.toString()).doesNotContain("hello", "topsecret", "tok,", "123456", "a b", "AAEh");
    }

    @Test
    void aCallWithoutAnAnswerSaysWhyAndWhetherItWasSent() {
        server.close();

        var kept = kept(post("/path", "{}"));

        assertThat(kept).singleElement().satisfies(exchange -> {
            assertThat(exchange.status()).isNull();
            assertThat(exchange.reply()).isNull();
            assertThat(exchange.trouble()).isEqualTo("never_sent: connect");
        });
    }

    @Test
    void aBodyThatIsNoJsonIsLengthAndHashAlone() {
        server.enqueue(new MockResponse(200, Headers.of(), "<html>hello world</html>"));

        var kept =
                kept(OutboundRequest.get(Purpose.PLATFORM, "http://127.0.0.1:" + server.getPort(), Deadline.in(SOON)));

        assertThat(kept.getFirst().request()).isEqualTo(new BodyTrace(0, null, Map.of()));
        assertThat(replyTo(kept.getFirst()).bytes()).isEqualTo(24);
        assertThat(replyTo(kept.getFirst()).fields()).isEmpty();
    }

    @Test
    void theLastCallsAreKeptAndOnlyThoseOfTheWorkInHand() {
        IntStream.range(0, 23).forEach(n -> server.enqueue(new MockResponse(200, Headers.of(), "")));
        var exchanges = new ExchangeRecorder();

        http.send(post("/before", ""));
        exchanges.during(() -> IntStream.range(0, 22)
                .mapToObj(n -> http.send(post("/call" + n, "")))
                .toList());

        assertThat(exchanges.all())
                .hasSize(20)
                .extracting(Exchange::path)
                .startsWith("/call2")
                .endsWith("/call21");
    }

    private static BodyTrace replyTo(Exchange exchange) {
        return Objects.requireNonNull(exchange.reply());
    }

    private List<Exchange> kept(OutboundRequest request) {
        var exchanges = new ExchangeRecorder();
        exchanges.during(() -> http.send(request));
        return exchanges.all();
    }

    private OutboundRequest post(String path, String body) {
        var url = "http://127.0.0.1:" + server.getPort() + path;
        return OutboundRequest.post(Purpose.PLATFORM, url, "application/json", Bytes.utf8(body), Deadline.in(SOON));
    }
}
