package dev.carillon.api.event;

import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Wire;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The frames of a stream, in the format of https://html.spec.whatwg.org/multipage/server-sent-events.html */
final class StreamFrames {
    /** How long a reader waits before it reconnects, in milliseconds. */
    private static final String RETRY = "retry: 1000\n";

    private StreamFrames() {}

    /** Why a stream ends. The frame has no id, so that the next stream continues after the last event. */
    @Wire
    record Closed(String reason, String detail) {}

    /**
     * Browsers dispatch no event for an id without data, but remember the id; a reader that loses the stream before the
     * first event resumes after it.
     */
    static byte[] opening(@Nullable EventId after) {
        return bytes(RETRY + (after == null ? "" : "id: " + after + "\n") + ": connected\n\n");
    }

    static byte[] heartbeat() {
        return bytes(": keep-alive\n\n");
    }

    /** The stored body unchanged; it contains no line breaks, because JSON escapes them in strings. */
    static byte[] of(RecordedEvent event) {
        return bytes("id: %s\nevent: %s\ndata: %s\n\n".formatted(event.id(), event.type(), event.body()));
    }

    static byte[] closing(Json json, Closed closed) {
        return bytes(RETRY + "event: stream.closed\ndata: " + json.write(closed) + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
