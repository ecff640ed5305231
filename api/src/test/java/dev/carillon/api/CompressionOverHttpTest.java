package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.PlainClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionOverHttpTest {
    private static final String LARGE = "/v1/errors";

    private static ApiServer api;
    private static PlainClient client;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        client = new PlainClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "deflate, gzip;q=0.5",
                "br, GZIP",
                "*",
                "identity;q=0.5, gzip",
                "gzip;q=1.0, identity; q=0.5, *;q=0"
            })
    void whoAcceptsGzipIsSentLessOfTheSame(String accepted) throws IOException {
        var plain = get(LARGE, null);
        var reply = get(LARGE, accepted);

        assertThat(reply.header("Content-Encoding")).contains("gzip");
        assertThat(reply.header("Content-Length")).contains(String.valueOf(reply.body().length));
        assertThat(reply.body().length).isLessThan(plain.body().length / 2);
        assertThat(unpacked(reply.body())).isEqualTo(plain.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity",
                "gzip;q=0",
                "*;q=0",
                "br, deflate",
                "gzip;q=0.5, identity",
                "gzip;q=0, *",
                "nonsense",
                ""
            })
    void whoDoesNotIsSentItPlain(String accepted) {
        var reply = get(LARGE, accepted);

        assertThat(reply.header("Content-Encoding")).isEmpty();
        assertThat(reply.text()).startsWith("{");
        assertThat(reply.headers().allValues("Vary")).contains("Accept-Encoding");
    }

    @Test
    void theSameObjectHasAnotherTagWhenItIsCompressedAndEitherIsKnownAgain() {
        var plain = get(LARGE, null).header("ETag").orElseThrow();
        var packed = get(LARGE, "gzip").header("ETag").orElseThrow();

        assertThat(packed).isEqualTo(plain.replaceFirst("\"$", "-gzip\""));
        for (var tag : new String[] {plain, packed, "W/" + plain}) {
            var again = client.send(HttpRequest.newBuilder(api.uri(LARGE))
                    .header("Accept-Encoding", "gzip")
                    .header("If-None-Match", tag));
            assertThat(again.status()).as(tag).isEqualTo(304);
            assertThat(again.header("ETag")).contains(packed);
        }
    }

    @Test
    void whatIsShortIsLeftAsItIs() {
        assertThat(get("/healthz", "gzip").header("Content-Encoding")).isEmpty();
    }

    // The length of a compressed reply could reveal parts of the secret.
    @Test
    void noReplyThatHoldsAFreshSecretIsCompressed() {
        var name = "x".repeat(80);
        var metadata =
                "{\"a\":\"%s\",\"b\":\"%s\",\"c\":\"%s\"}".formatted("y".repeat(400), "y".repeat(400), "y".repeat(400));
        var body = "{\"name\":\"%s\",\"scopes\":[\"posts.read\"],\"metadata\":%s}".formatted(name, metadata);
        var made = client.send(api.request("POST", "/v1/api_keys", body).header("Accept-Encoding", "gzip"));
        var id = made.text().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        var rotated = client.send(
                api.request("POST", "/v1/api_keys/" + id + "/rotate", null).header("Accept-Encoding", "gzip"));
        var read = client.send(api.request("GET", "/v1/api_keys/" + id, null).header("Accept-Encoding", "gzip"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.body().length).isGreaterThan(1024);
        assertThat(made.header("Content-Encoding")).isEmpty();
        assertThat(made.text()).contains("\"secret\":\"crl_test_");
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.header("Content-Encoding")).isEmpty();
        assertThat(rotated.header("ETag")).isEmpty();
        assertThat(read.header("Content-Encoding")).contains("gzip");
    }

    @Test
    void aStreamIsNeverCompressed() {
        var stream = client.send(api.request("GET", "/v1/events/stream", null).header("Accept-Encoding", "gzip"));

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Encoding")).isEmpty();
        assertThat(stream.header("ETag")).isEmpty();
        assertThat(stream.header("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void aBodyMayComeCompressed() throws IOException {
        var reply = client.send(api.request("POST", "/v1/agents", "")
                .method(
                        "POST",
                        BodyPublishers.ofByteArray(packed("{\"name\":\"packed\"}".getBytes(StandardCharsets.UTF_8))))
                .header("Content-Encoding", "gzip"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.text()).contains("\"packed\"");
    }

    // Without this, a small request could fill the memory.
    @Test
    void aBodyThatGrowsBeyondTheLimitIsRefusedWhateverItsLengthOnTheWire() throws IOException {
        var bomb = packed(new byte[200_000_000]);
        assertThat(bomb.length).isLessThan(300_000);

        var reply = client.send(api.request("POST", "/v1/agents", "")
                .method("POST", BodyPublishers.ofByteArray(bomb))
                .header("Content-Encoding", "gzip"));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text()).contains("body_too_large");
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void aBodyThatIsNotWhatItsCodingSaysIsRefused() {
        var reply = client.send(
                api.request("POST", "/v1/agents", "{\"name\":\"plain\"}").header("Content-Encoding", "gzip"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "nonsense"})
    void anotherCodingIsRefusedByName(String coding) {
        var refused = api.exchange(
                        api.request("POST", "/v1/agents", "{\"name\":\"a\"}").header("Content-Encoding", coding))
                .refused(415, "unsupported_media_type");

        assertThat(refused.string("param")).isEqualTo("Content-Encoding");
        assertThat(refused.string("detail")).contains(coding);
    }

    // Without this, a client could read the next reply on the connection as the body of the HEAD reply.
    @Test
    void aConnectionGoesOnAfterAHead() throws IOException {
        try (var socket = new Socket("localhost", api.port())) {
            socket.setSoTimeout(10_000);
            for (var path : new String[] {LARGE, "/v1/nowhere", "/v1/me", "/healthz"}) {
                for (var coding : new String[] {"identity", "gzip"}) {
                    send(socket, "HEAD", path, coding);
                    var head = head(socket.getInputStream());
                    assertThat(head).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase("connection: close");

                    send(socket, "GET", "/healthz", "identity");
                    var next = head(socket.getInputStream());

                    assertThat(next).as("%s %s: %s", path, coding, head).startsWith("HTTP/1.1 200 ");
                    assertThat(new String(socket.getInputStream().readNBytes(lengthOf(next)), StandardCharsets.UTF_8))
                            .isEqualTo("{\"status\":\"ok\"}");
                }
            }
        }
    }

    @Test
    void aHeadOfAStreamOpensNoneAndEndsItsConnection() throws IOException {
        try (var socket = new Socket("localhost", api.port())) {
            socket.setSoTimeout(10_000);
            send(socket, "HEAD", "/v1/events/stream", "gzip");
            var head = head(socket.getInputStream());

            assertThat(head)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("content-type: text/event-stream")
                    .containsIgnoringCase("connection: close");
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    private static void send(Socket socket, String method, String path, String coding) throws IOException {
        socket.getOutputStream()
                .write("%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAccept-Encoding: %s\r\n\r\n"
                        .formatted(method, path, api.testKey(), coding)
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Reads a reply up to the empty line after its headers. */
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            assertThat(next).as("the connection ended: %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static int lengthOf(String head) {
        return Integer.parseInt(head.replaceAll("(?si).*content-length: (\\d+).*", "$1"));
    }

    private static Answer get(String path, @Nullable String accepted) {
        var request = HttpRequest.newBuilder(api.uri(path));
        return client.send(accepted == null ? request : request.header("Accept-Encoding", accepted));
    }

    private static byte[] packed(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        }
    }
}
