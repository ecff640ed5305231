package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw bytes on a socket that no client library would send. */
class HostileWireTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");

    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("carillon.requests.read-timeout", "1s"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static Stream<String> heads() {
        return Stream.of(
                "GET /v1/posts/%zz HTTP/1.1",
                "GET /v1/posts/% HTTP/1.1",
                "GET /v1/posts/%e HTTP/1.1",
                "GET /v1/posts/%ff%fe HTTP/1.1",
                "GET /v1/posts/%00 HTTP/1.1",
                "GET /v1/posts/\u00ff HTTP/1.1",
                "GET /v1/posts?limit=% HTTP/1.1",
                "GET /v1/posts?limit=%zz HTTP/1.1",
                "GET /v1/posts?limit=%ff HTTP/1.1",
                "GET /v1/posts?limit=%00 HTTP/1.1",
                "GET /v1/posts?%=1 HTTP/1.1",
                "GET /v1/posts?&&&=&=& HTTP/1.1",
                "GET /v1/posts?limit HTTP/1.1",
                "GET /v1/posts#limit HTTP/1.1",
                "GET //v1//posts HTTP/1.1",
                "GET /v1/../v1/posts HTTP/1.1",
                "GET /v1/posts\\ HTTP/1.1",
                "GET v1/posts HTTP/1.1",
                "GET http://elsewhere.example/v1/posts HTTP/1.1",
                "GET http://elsewhere.example:99999/ HTTP/1.1",
                "GET http:// HTTP/1.1",
                "GET [ HTTP/1.1",
                "GET /[ HTTP/1.1",
                "GET /v1/{posts} HTTP/1.1",
                "GET /v1/posts|<>\"^` HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT a:1 HTTP/1.1",
                "TRACE /v1/posts HTTP/1.1",
                "FOO /v1/posts HTTP/1.1",
                "get /v1/posts HTTP/1.1",
                "G\u0001T /v1/posts HTTP/1.1",
                "GET /v1/posts HTTP/9.9",
                "GET /v1/posts HTTPS/1.1",
                "GET /v1/posts",
                "GET  HTTP/1.1",
                "nonsense",
                "\u0000\u0000\u0000");
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aRequestLineThatIsWrongIsNoFault(String line) throws IOException {
        noFault(raw(line + "\r\nHost: a\r\nConnection: close\r\nx-api-key: " + api.testKey() + "\r\n\r\n"));
    }

    static Stream<String> headers() {
        return Stream.of(
                "X: " + "x".repeat(1_000_000),
                "x".repeat(100_000) + ": x",
                "X: 1\r\n".repeat(20_000) + "Y: 1",
                "Authorization: Bearer " + "x".repeat(10_000),
                "Authorization: Bearer \u00ff\u00fe",
                "Authorization: Bearer",
                "Authorization:",
                "x-api-key: a\u0000b",
                "x-api-key: a\r\nx-api-key: b",
                "No colon",
                ": no name",
                "Na me: x",
                " Folded: x",
                "X: a\r\n folded",
                "Content-Length: -1",
                "Content-Length: 1e3",
                "Content-Length: 99999999999999999999",
                "Content-Length: 5\r\nContent-Length: 6",
                "Transfer-Encoding: nonsense",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Expect: 100-continue\r\nContent-Length: 5000000",
                "Expect: nonsense",
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a",
                "Accept: nonsense",
                "Accept: ;;;",
                "Accept-Language: " + "x-".repeat(500),
                "Accept-Charset: nonsense",
                "Content-Type: application/json; charset=nonsense",
                "traceparent: 00-" + "z".repeat(500),
                "Cookie: " + "a=b; ".repeat(1_000),
                "Host: \u0000",
                "Host: ",
                "Host: b");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderThatIsWrongIsRefusedInTheOneShape(String header) throws IOException {
        refused(raw("POST /v1/posts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderThatIsWrongIsNoFaultWithAKeyEither(String header) throws IOException {
        noFault(raw(post() + header + "\r\n\r\n0\r\n\r\n"));
    }

    // A proxy that reads such a body differently could take its rest for the next request, maybe of another caller.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: nonsense\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}"
            })
    void aBodyWhoseEndIsUnclearIsRefusedAndTheConnectionClosed(String rest) throws IOException {
        assertThat(refused(raw(post().replace("Connection: close\r\n", "") + rest)))
                .contains(" 400 ", "\"code\":\"invalid_request\"")
                .containsOnlyOnce("HTTP/1.1 400");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItsEnd() throws IOException {
        var chunks = "1000\r\n%s\r\n".formatted("x".repeat(4_096)).repeat(300);
        assertThat(refused(raw(post() + "Transfer-Encoding: chunked\r\n\r\n" + chunks)))
                .contains(" 413 ", "body_too_large");
        assertThat(refused(raw(post() + "Content-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000))))
                .contains(" 413 ", "body_too_large");
    }

    // Otherwise a few clients that send a byte now and then could occupy every connection.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\n{",
                "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
                "Transfer-Encoding: chunked\r\n\r\n",
                "X: "
            })
    void aRequestThatDoesNotEndIsRefusedInTime(String rest) throws IOException {
        assertThat(refused(raw(post() + rest))).contains(" 408 ", "\"code\":\"request_timeout\"", "within 1 seconds");
    }

    @Test
    void aConnectionMayRestBetweenItsRequests() throws IOException {
        var request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket("localhost", api.port())) {
            // Longer than the read timeout for a request.
            socket.setSoTimeout(1_200);
            socket.getOutputStream().write(request);
            assertThatThrownBy(() -> readPast(socket.getInputStream())).isInstanceOf(SocketTimeoutException.class);

            socket.getOutputStream().write(request);

            assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private static void readPast(InputStream stream) throws IOException {
        while (stream.read() >= 0) {
            // Skip the rest of the previous reply.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "iso-8859-1", "nonsense", "\"utf-7\"", "utf-8x"})
    void jsonInAnotherCharsetIsRefused(String charset) {
        var request = api.request("POST", "/v1/posts", "{}")
                .setHeader("Content-Type", "application/json; charset=" + charset);

        api.exchange(request).refused(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json;charset=utf-8", "application/json; charset=\"UTF-8\"", "Application/JSON"})
    void jsonMaySayThatItIsUtf8(String type) {
        var request = api.request("POST", "/v1/posts", "{}").setHeader("Content-Type", type);

        api.exchange(request).refused(422, "no_targets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/json",
                "application/problem+json",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "*/*",
                "nonsense",
                "/"
            })
    void whatIsNotJsonIsRefused(String type) {
        var request = api.request("POST", "/v1/posts", "{}").setHeader("Content-Type", type);

        api.exchange(request).refused(415, "unsupported_media_type");
    }

    private static String post() {
        return "POST /v1/posts HTTP/1.1\r\nHost: a\r\nConnection: close\r\nx-api-key: %s\r\nContent-Type: application/json\r\n"
                .formatted(api.testKey());
    }

    private static void noFault(String reply) {
        var status = STATUS.matcher(reply);
        assertThat(status.lookingAt()).as(reply).isTrue();
        if (Integer.parseInt(status.group(1)) >= 400) {
            refused(reply);
        }
    }

    private static String refused(String reply) {
        assertThat(reply)
                .matches("(?s)HTTP/\\d\\.\\d 4\\d\\d .*")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"type\":\"https://carillon.dev/errors/", "\"request_id\":\"req_")
                .doesNotContain(HostileWalkTest.NEVER_SAID);
        return reply;
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", api.port())) {
            socket.setSoTimeout(15_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (SocketException closed) {
                // The server has already answered and closed the connection.
            }
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                return "IO " + e;
            }
        }
    }
}
