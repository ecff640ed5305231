package dev.carillon.app.events;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream across interruptions: reconnects after the last event that was handled, so that each event comes
 * once.
 */
public final class EventFollower {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    /** The server sends a comment every 15 seconds; if three are missing, the connection is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Set<Integer> WORTH_TRYING_AGAIN = Set.of(429, 500, 502, 503, 504);
    private static final Set<String> CONNECT_AGAIN = Set.of("shutting_down", "internal_error");
    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);

    private final Follow follow;
    private final Consumer<String> notes;
    private final Duration firstPause;
    private final Duration silence;
    private @Nullable String last;
    private int failures;

    /**
     * Prepares to follow.
     *
     * @param notes receives messages about the connection, one line each
     */
    public EventFollower(Follow follow, Consumer<String> notes) {
        this(follow, notes, FIRST_PAUSE, SILENCE);
    }

    EventFollower(Follow follow, Consumer<String> notes, Duration firstPause, Duration silence) {
        this.follow = follow;
        this.notes = notes;
        this.firstPause = firstPause;
        this.silence = silence;
        this.last = follow.after();
    }

    /**
     * Passes every event to {@code handle}, until that returns that it was the last one.
     *
     * @throws EventsRefused if the server does not accept the client, or no longer does
     */
    public void run(Predicate<StreamedEvent> handle) throws InterruptedException {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build()) {
            while (!readOnce(http, handle)) {
                pause();
            }
            http.shutdownNow();
        }
    }

    /** Reads one connection to its end; true if no more events are wanted. */
    private boolean readOnce(HttpClient http, Predicate<StreamedEvent> handle) throws InterruptedException {
        try {
            var response = http.send(request(), BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    refuse(response, body);
                    return false;
                }
                notes.accept("connected to " + follow.base());
                return read(body, handle);
            }
        } catch (IOException e) {
            notes.accept(
                    "connection lost: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
            return false;
        }
    }

    private HttpRequest request() {
        var request = HttpRequest.newBuilder(follow.uri())
                .timeout(silence)
                .header("Authorization", "Bearer " + follow.key())
                .header("Accept", "text/event-stream, application/problem+json");
        return (last == null ? request : request.header("Last-Event-ID", last)).build();
    }

    private void refuse(HttpResponse<InputStream> response, InputStream body) throws IOException {
        var text = new String(body.readNBytes(64 * 1024), StandardCharsets.UTF_8);
        var said = "%d: %s".formatted(response.statusCode(), detail(text));
        if (!WORTH_TRYING_AGAIN.contains(response.statusCode())) {
            throw new EventsRefused("%s answered %s".formatted(follow.base(), said));
        }
        notes.accept("answered " + said);
    }

    private static String detail(String body) {
        try {
            return String.valueOf(field(body, "detail"));
        } catch (IOException e) {
            return body.isBlank() ? "no details" : body.substring(0, Math.min(body.length(), 200));
        }
    }

    private static Object field(String json, String name) throws IOException {
        return ObjectMapper.getDefault()
                .readValue(json.getBytes(StandardCharsets.UTF_8), OBJECT)
                .getOrDefault(name, "no details");
    }

    private boolean read(InputStream body, Predicate<StreamedEvent> handle) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
                var watchdog = new IdleWatchdog(body, silence)) {
            String id = "";
            String type = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                watchdog.heard();
                failures = 0;
                if (line.isEmpty() && !id.isEmpty()) {
                    // This includes an id without data, which says where the stream starts.
                    last = id;
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    if (type.equals("stream.closed")) {
                        closed(line.substring(6));
                    } else {
                        boolean more = handle.test(new StreamedEvent(id, type, line.substring(6)));
                        last = id;
                        if (!more) {
                            return true;
                        }
                    }
                }
            }
        }
        notes.accept("connection closed");
        return false;
    }

    private void closed(String data) throws IOException {
        var reason = String.valueOf(field(data, "reason"));
        var detail = String.valueOf(field(data, "detail"));
        if (!CONNECT_AGAIN.contains(reason)) {
            throw new EventsRefused("%s ended the stream (%s): %s".formatted(follow.base(), reason, detail));
        }
        notes.accept(detail);
    }

    private void pause() throws InterruptedException {
        failures++;
        long nanos = firstPause.toNanos() << Math.min(failures - 1, 10);
        var wait = Duration.ofNanos(Math.min(nanos, LONGEST_PAUSE.toNanos()));
        notes.accept("reconnecting in %.1f s".formatted(wait.toMillis() / 1000.0));
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    }
}
