package dev.carillon.app.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.app.Carillon;
import dev.carillon.testkit.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** {@code up} in a separate process on a data folder, called over HTTP with the keys in that folder. */
final class RunningCarillon implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration START = Duration.ofSeconds(90);

    private final ChildJvm process;
    private final URI base;
    private final JsonNode credentials;

    private RunningCarillon(ChildJvm process, URI base, JsonNode credentials) {
        this.process = process;
        this.base = base;
        this.credentials = credentials;
    }

    /** Starts Carillon on any free port, and waits until it is ready. */
    static RunningCarillon start(Path data, Map<String, String> environment) {
        return start(data, environment, 0);
    }

    /** Starts Carillon on this port, and waits until it is ready. */
    static RunningCarillon start(Path data, Map<String, String> environment, int port) {
        var launch = ChildJvm.of(Carillon.class)
                .withArguments("up", "--port", Integer.toString(port), "--data", data.toString())
                .withJvmArguments("-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED")
                .inOwnGroup();
        for (var setting : environment.entrySet()) {
            launch = launch.withEnvironment(setting.getKey(), setting.getValue());
        }
        var process = launch.start();
        var url = process.awaitLine("(http://127\\.0\\.0\\.1:\\d+)", START).group(1);
        process.awaitLine("(?i).*ready.*|.*Stop .*|.*Ctrl-C.*", START);
        try {
            var credentials = JSON.readTree(Files.readString(data.resolve("credentials.json")));
            return new RunningCarillon(process, URI.create(url), credentials);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metrics; only if it was started with a metrics port. */
    String metrics() {
        var url = process.awaitLine("metrics +(http\\S+)", START).group(1);
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    ChildJvm process() {
        return process;
    }

    JsonNode getLive(String path) {
        return send(path, "live_key", request(path).GET());
    }

    JsonNode postLive(String path, String body) {
        return send(path, "live_key", post(path, body));
    }

    JsonNode getTest(String path) {
        return send(path, "test_key", request(path).GET());
    }

    JsonNode postTest(String path, String body) {
        return send(path, "test_key", post(path, body));
    }

    JsonNode patchTest(String path, String body) {
        return send(
                path,
                "test_key",
                request(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body)));
    }

    JsonNode deleteTest(String path) {
        return send(path, "test_key", request(path).DELETE());
    }

    /** The response body as text, unchanged. */
    String textOfTest(String path) {
        return text(path, "test_key", request(path).GET());
    }

    URI base() {
        return base;
    }

    String testKey() {
        return credentials.get("test_key").asText();
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private JsonNode send(String path, String key, HttpRequest.Builder request) {
        try {
            return JSON.readTree(text(path, key, request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String path, String key, HttpRequest.Builder request) {
        try {
            var authorized = request.header(
                    "Authorization", "Bearer " + credentials.get(key).asText());
            var answer = HTTP.send(authorized.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new AssertionError("%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it as Ctrl-C does. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.terminate();
            process.awaitExit(Duration.ofSeconds(60));
        }
        process.close();
    }
}
