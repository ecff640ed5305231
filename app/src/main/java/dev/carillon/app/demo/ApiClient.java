package dev.carillon.app.demo;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls the public API as a customer's program would. */
public final class ApiClient implements AutoCloseable {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final int FIRST_ERROR = 400;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = ObjectMapper.getDefault();
    private final URI base;
    private final String key;

    public ApiClient(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /**
     * Sends a GET request.
     *
     * @throws DemoFailed if the API refuses or cannot be reached
     */
    public JsonNode get(String path) {
        return call(path, request(path).GET());
    }

    /**
     * Sends a POST request.
     *
     * @throws DemoFailed if the API refuses or cannot be reached
     */
    public JsonNode post(String path, Map<String, Object> body) {
        try {
            return call(
                    path,
                    request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
        } catch (IOException e) {
            throw new DemoFailed("The demo could not write its request as JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Sends a DELETE request.
     *
     * @throws DemoFailed if the API refuses or cannot be reached
     */
    void delete(String path) {
        call(path, request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(CALL_LIMIT).header("Authorization", "Bearer " + key);
    }

    private JsonNode call(String path, HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            var body = answer.body().length == 0
                    ? JsonNode.nullNode()
                    : json.readValue(answer.body(), Argument.of(JsonNode.class));
            if (answer.statusCode() >= FIRST_ERROR) {
                throw new DemoFailed("%s answered %d: %s"
                        .formatted(path, answer.statusCode(), Field.text(body, "message", "no message")));
            }
            return body;
        } catch (IOException e) {
            throw new DemoFailed("%s could not be called: %s".formatted(path, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("The demo was interrupted.", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
