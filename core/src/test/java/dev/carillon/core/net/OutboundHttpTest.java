package dev.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.net.OutboundFailure.Kind;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboundHttpTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final MockWebServer server = new MockWebServer();
    private final OutboundHttp http = Outbound.allowing(Outbound.LEADS_HOME, "127.0.0.1", "receiver.example")
            .http();

    @BeforeEach
    void start() throws IOException {
        server.start(Outbound.HOME, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theRequestArrivesAsItWasMade() throws InterruptedException {
        server.enqueue(new MockResponse(201, Headers.of("X-Id", "7", "Set-Cookie", "a=1"), "made"));

        var reply = http.send(post("{\"a\":1}").withMethod("PUT").withHeader("Authorization", "Bearer t"));

        var seen = arrived();
        assertThat(seen.getMethod()).isEqualTo("PUT");
        assertThat(seen.getTarget()).isEqualTo("/path?q=1");
        assertThat(seen.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(seen.getHeaders().get("Authorization")).isEqualTo("Bearer t");
        assertThat(seen.getHeaders().get("User-Agent")).isEqualTo("Carillon");
        assertThat(seen.getBody()).hasToString("[text={\"a\":1}]");
        assertThat(reply).isInstanceOfSatisfying(Answered.class, answer -> {
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.ok()).isTrue();
            assertThat(answer.text()).isEqualTo("made");
            assertThat(answer.truncated()).isFalse();
            assertThat(answer.headers().first("x-ID")).contains("7");
        });
    }

    @Test
    void noCookieIsKept() throws InterruptedException {
        server.enqueue(answer(200, "Set-Cookie", "a=1"));
        server.enqueue(answer(200));

        http.send(get());
        http.send(get());

        arrived();
        assertThat(arrived().getHeaders().get("Cookie")).isNull();
    }

    // An HTTP/1.0 server is about to close the connection. A request sent over it may be lost or may have arrived.
    @Test
    void aConnectionIsNotUsedAgainAfterAnAnswerOfAnOldServer() throws InterruptedException {
        server.enqueue(oldAnswer(Headers.EMPTY));
        server.enqueue(oldAnswer(Headers.of("Connection", "keep-alive")));
        server.enqueue(answer(200));

        for (int i = 0; i < 3; i++) {
            assertThat(http.send(get())).isInstanceOf(Answered.class);
        }

        assertThat(arrived().getExchangeIndex()).isZero();
        assertThat(arrived().getExchangeIndex()).isZero();
        assertThat(arrived().getExchangeIndex()).isEqualTo(1);
    }

    private static MockResponse oldAnswer(Headers headers) {
        return new MockResponse.Builder()
                .status("HTTP/1.0 200 OK")
                .headers(headers)
                .body("")
                .build();
    }

    /** Otherwise a public receiver could redirect us to a private address. */
    @Test
    void aRedirectIsAnAnswerAndNobodyFollowsIt() {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            server.enqueue(answer(status, "Location", url("/elsewhere")));

            assertThat(http.send(get())).isInstanceOfSatisfying(Answered.class, answer -> {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.headers().first("Location")).isPresent();
            });
        }
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    /** Otherwise OkHttp would repeat the request and publish a post twice. */
    @Test
    void anAnswerThatInvitesToRepeatIsPassedOnUnrepeated() {
        for (var wait : new String[] {"0", "00", "1", "99999999999999999999"}) {
            for (var request : new OutboundRequest[] {get(), post("x"), get().withMethod("DELETE")}) {
                server.enqueue(answer(503, "Retry-After", wait));

                assertThat(http.send(request)).isInstanceOfSatisfying(Answered.class, answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.headers().all("Retry-After")).containsExactly(wait);
                });
            }
        }
        for (int status : new int[] {401, 407, 408, 421, 429}) {
            server.enqueue(answer(status));

            assertThat(http.send(post("x")))
                    .isInstanceOfSatisfying(Answered.class, answer -> assertThat(answer.status())
                            .isEqualTo(status));
        }
        assertThat(server.getRequestCount()).isEqualTo(17);
    }

    @Test
    void aLongAnswerIsCutAtTheRequestsLimit() {
        server.enqueue(new MockResponse(200, Headers.EMPTY, "0123456789"));
        server.enqueue(new MockResponse(200, Headers.EMPTY, "0123456789"));

        assertThat(http.send(get().withMaxResponseBytes(4))).isInstanceOfSatisfying(Answered.class, answer -> {
            assertThat(answer.text()).isEqualTo("0123");
            assertThat(answer.truncated()).isTrue();
        });
        assertThat(http.send(get().withMaxResponseBytes(10))).isInstanceOfSatisfying(Answered.class, answer -> {
            assertThat(answer.text()).isEqualTo("0123456789");
            assertThat(answer.truncated()).isFalse();
        });
    }

    /** Otherwise a few kilobytes from a tenant's server could fill the memory. */
    @Test
    void aCompressedAnswerIsCutByWhatComesOutOfIt() throws IOException {
        var bomb =
                new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(gzippedZeros(200_000_000));
        server.enqueue(bomb.build());

        assertThat(http.send(get())).isInstanceOfSatisfying(Answered.class, answer -> {
            assertThat(answer.body().size()).isEqualTo(1_000_000);
            assertThat(answer.truncated()).isTrue();
        });
    }

    @Test
    void theTimesOfACallAreRecorded() {
        server.enqueue(new MockResponse.Builder()
                .headersDelay(120, TimeUnit.MILLISECONDS)
                .build());

        assertThat(http.send(to("http://receiver.example:" + server.getPort() + "/")))
                .isInstanceOfSatisfying(Answered.class, answer -> {
                    var timing = answer.timing();
                    assertThat(timing.firstByteMillis()).isBetween(100L, timing.totalMillis());
                    assertThat(timing.tlsMillis()).isZero();
                    assertThat(timing.dnsMillis() + timing.connectMillis()).isLessThanOrEqualTo(timing.totalMillis());
                });
    }

    @Test
    void aHeaderThatCannotBeSentIsAReplyThatDoesNotShowIt() {
        var reply = http.send(get().withHeader("Authorization", "secret\r\nX-Injected: 1"));

        assertThat(reply).isInstanceOfSatisfying(NeverSent.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(Kind.BAD_HEADER);
            assertThat(refused.failure().message()).doesNotContain("secret");
        });
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void headersOfTheConnectionBelongToTheClient() {
        assertThatThrownBy(() -> get().withHeader("Host", "other.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingOfARequestOrAnAnswerIsShownInALog() {
        var request = post("body").withHeader("Authorization", "secret");
        var answer =
                new Answered(200, new ReplyHeaders(Map.of()), Bytes.utf8("body"), false, new Timing(0, 0, 0, 0, 0));

        assertThat(request).hasToString("OutboundRequest[POST, PLATFORM]");
        assertThat(answer).hasToString("Answered[200, 4 bytes]");
    }

    private static MockResponse answer(int status, String... headers) {
        return new MockResponse(status, Headers.of(headers), "");
    }

    private RecordedRequest arrived() throws InterruptedException {
        return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }

    private OutboundRequest get() {
        return to(url("/"));
    }

    private static OutboundRequest to(String url) {
        return OutboundRequest.get(Purpose.WEBHOOK, url, Deadline.in(SOON));
    }

    private OutboundRequest post(String body) {
        return OutboundRequest.post(
                Purpose.PLATFORM, url("/path?q=1"), "application/json", Bytes.utf8(body), Deadline.in(SOON));
    }

    private static Buffer gzippedZeros(int size) throws IOException {
        var packed = new Buffer();
        var zeros = new byte[1_000_000];
        try (var sink = Okio.buffer(new GzipSink(packed))) {
            for (int written = 0; written < size; written += zeros.length) {
                sink.write(zeros);
            }
        }
        return packed;
    }
}
