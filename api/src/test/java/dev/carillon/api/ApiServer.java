package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import dev.carillon.core.apikey.ApiKeyAuthenticator.NewKey;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.testing.TestCarillon;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The API on its own port. Validates every reply against the OpenAPI document. */
final class ApiServer implements AutoCloseable {
    // Shared by all test classes: each validator takes a second and about 20 MB.
    private static final Map<String, OpenApiInteractionValidator> DESCRIPTIONS = new ConcurrentHashMap<>();

    private final TestCarillon carillon;
    private final EmbeddedServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OpenApiInteractionValidator description;

    private ApiServer(TestCarillon carillon) {
        this.carillon = carillon;
        this.server = carillon.bean(EmbeddedServer.class).start();
        this.description = DESCRIPTIONS.computeIfAbsent(
                send(HttpRequest.newBuilder(uri("/openapi.json")).build()).body(),
                document -> OpenApiInteractionValidator.createForInlineApiSpecification(document)
                        .build());
    }

    static ApiServer start() {
        return start(Map.of());
    }

    static ApiServer start(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(Map.of(
                "micronaut.server.port", -1,
                "micronaut.server.max-request-size", "1MB",
                "micronaut.server.thread-selection", "blocking",
                "micronaut.server.netty.max-header-size", "16KB",
                "micronaut.server.netty.max-initial-line-length", "8KB",
                // All tests call from one address, and many of their calls fail on purpose.
                "carillon.limits.open-per-minute", 1_000_000,
                "carillon.limits.failures-per-minute", 1_000_000));
        all.putAll(settings);
        return new ApiServer(TestCarillon.start(all));
    }

    TestCarillon carillon() {
        return carillon;
    }

    String testKey() {
        return carillon.testKey().secret().value();
    }

    String liveKey() {
        return carillon.liveKey().secret().value();
    }

    static String secretOf(NewKey key) {
        return key.secret().value();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.getPort() + path);
    }

    int port() {
        return server.getPort();
    }

    Reply get(String path) {
        return exchange(request("GET", path, null));
    }

    Reply get(String path, String key) {
        return exchange(withKey(request("GET", path, null), key));
    }

    /** The ids of a whole list, over all pages; the path must contain a query. */
    List<String> idsOfAllPages(String list) {
        var ids = new ArrayList<String>();
        for (var cursor = ""; cursor != null; ) {
            var page = get(list + cursor);
            assertThat(page.status()).as(page.text()).isEqualTo(HttpURLConnection.HTTP_OK);
            ids.addAll(page.ids("data"));
            cursor = page.json().get("next_cursor") instanceof String next ? "&cursor=" + next : null;
        }
        return ids;
    }

    Reply delete(String path) {
        return exchange(request("DELETE", path, null));
    }

    Reply post(String path, String body, String... headers) {
        var request = request("POST", path, body);
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    /** Sends the call to another process on the same database. */
    HttpResponse<String> postToAnotherProcess(String path, String body, String... headers) {
        try (var another = anotherProcess(Map.of())) {
            return another.send(request("POST", path, body).headers(headers), path);
        }
    }

    /** Starts another process on the same database and Redis. */
    AnotherProcess anotherProcess(Map<String, Object> settings) {
        var all = new HashMap<>(TestCarillon.settingsOf(carillon.database()));
        all.put(TestCarillon.DIALECT, "POSTGRES");
        all.put("micronaut.server.port", -1);
        all.put("micronaut.server.thread-selection", "blocking");
        all.putAll(settings);
        return new AnotherProcess(ApplicationContext.builder()
                .properties(all)
                .deduceEnvironment(false)
                .start());
    }

    /** A second process, which shares only PostgreSQL and Redis with the first one. */
    final class AnotherProcess implements AutoCloseable {
        private final ApplicationContext context;
        private final int port;

        private AnotherProcess(ApplicationContext context) {
            this.context = context;
            this.port = context.getBean(EmbeddedServer.class).start().getPort();
        }

        HttpResponse<String> send(HttpRequest.Builder request, String path) {
            return ApiServer.this.send(
                    request.uri(URI.create("http://localhost:" + port + path)).build());
        }

        @Override
        public void close() {
            context.close();
        }
    }

    HttpRequest.Builder request(String method, String path, @Nullable String body) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = withKey(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(90)), testKey())
                .method(method, publisher);
        return body == null ? request : request.setHeader("Content-Type", "application/json");
    }

    static HttpRequest.Builder withKey(HttpRequest.Builder request, String key) {
        return request.setHeader("Authorization", "Bearer " + key);
    }

    /** Sends the request and validates the reply if the OpenAPI document describes its path. */
    Reply exchange(HttpRequest.Builder builder) {
        var request = builder.build();
        var reply = reply(request);
        assertThat(reply.header("Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
        var response = SimpleResponse.Builder.status(reply.status());
        reply.header("Content-Type")
                .ifPresent(type -> response.withContentType(type).withBody(reply.text()));
        var report = description.validateResponse(
                request.uri().getPath(), Method.valueOf(request.method()), response.build());
        assertThat(report.getMessages().stream()
                        .filter(message -> !message.getKey().startsWith("validation.request"))
                        .map(Object::toString))
                .as("%s %s: %s", request.method(), request.uri().getPath(), reply.text())
                .isEmpty();
        return reply;
    }

    /** Reads the reply. Of an event stream, which has no end, it reads only the head and then closes the connection. */
    private Reply reply(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                boolean endless = response.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("text/event-stream"))
                        .isPresent();
                var text = endless ? "{}" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Reply(response.statusCode(), response.headers(), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    final class Reply {
        private final int status;
        private final HttpHeaders headers;
        private final String text;

        private Reply(int status, HttpHeaders headers, String text) {
            this.status = status;
            this.headers = headers;
            this.text = text;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        List<String> setCookies() {
            return headers.allValues("Set-Cookie");
        }

        Map<String, Object> json() {
            return carillon.bean(Json.class).readObject(text());
        }

        String string(String field) {
            return String.valueOf(json().get(field));
        }

        /** The ids of the objects in a list field. */
        List<String> ids(String field) {
            return json().get(field) instanceof List<?> entries
                    ? entries.stream()
                            .map(entry -> String.valueOf(((Map<?, ?>) entry).get("id")))
                            .toList()
                    : List.of();
        }

        /** Asserts that this is a problem reply with this status and code. */
        Reply refused(int status, String code) {
            assertThat(status()).as(text()).isEqualTo(status);
            assertThat(header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(json())
                    .containsKeys("title", "detail", "instance", "message", "param", "suggested_action", "auto_fixable")
                    .containsKeys("errors")
                    .containsEntry("code", code)
                    .containsEntry("type", "https://carillon.dev/errors/" + code)
                    .containsEntry("status", status)
                    .containsEntry("request_id", header("Request-Id").orElseThrow());
            assertThat(string("trace_id")).matches("[0-9a-f]{32}");
            return this;
        }
    }

    /** Connects a new sandbox account and returns its id. */
    String account(String username) {
        var reply = post("/v1/accounts", "{\"platform\":\"sandbox\",\"username\":\"%s\"}".formatted(username));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.string("id");
    }

    static String postBody(String account, String text, String publish) {
        return "{\"text\":\"%s\",\"targets\":[{\"account_id\":\"%s\"}],\"publish\":%s}"
                .formatted(text, account, publish);
    }

    @Override
    public void close() {
        http.close();
        server.stop();
        carillon.close();
    }
}
