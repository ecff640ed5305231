package dev.carillon.api;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Reads an event stream in the background, on its own connection. */
final class StreamReader implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final InputStream body;
    private final Thread thread;
    private final String contentType;
    private volatile @Nullable String beginning;

    /**
     * One event of the stream.
     *
     * @param id null if the event has none
     */
    record Frame(@Nullable String id, String event, String data) {}

    private StreamReader(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            contentType = response.headers().firstValue("Content-Type").orElse("none");
            body = response.body();
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            thread = Thread.ofVirtual().start(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream and returns when it is connected. */
    static StreamReader open(ApiServer api, String path, String key, String... headers) {
        var request = ApiServer.withKey(HttpRequest.newBuilder(api.uri(path)), key);
        return new StreamReader((headers.length == 0 ? request : request.headers(headers)).build());
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = null;
            String event = "message";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.add(line.substring(1).strip());
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    frames.add(new Frame(id, event, line.substring(6)));
                    id = null;
                } else if (line.isEmpty() && id != null) {
                    beginning = id;
                    id = null;
                }
            }
        } catch (IOException e) {
            // The connection was cut; keep what arrived.
            comments.add("cut");
        }
    }

    String contentType() {
        return contentType;
    }

    /** The id that came without an event: the position where the stream begins. */
    @Nullable
    String beginning() {
        return beginning;
    }

    List<Frame> frames() {
        return List.copyOf(frames);
    }

    List<String> ids() {
        return frames.stream().map(frame -> String.valueOf(frame.id())).toList();
    }

    List<String> types() {
        return frames.stream().map(Frame::event).toList();
    }

    long heartbeats() {
        return comments.stream().filter("keep-alive"::equals).count();
    }

    StreamReader awaitFrames(int count) {
        await().atMost(SOON).until(() -> frames.size() >= count);
        return this;
    }

    void awaitHeartbeats(int count) {
        await().atMost(SOON).until(() -> heartbeats() >= count);
    }

    void awaitEnd() {
        await().atMost(SOON).until(() -> !thread.isAlive());
    }

    /** Cuts the connection. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
