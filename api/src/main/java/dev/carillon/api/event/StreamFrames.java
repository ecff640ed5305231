package dev.carillon.api.event;

import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Wire;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands on a stream, as https://html.spec.whatwg.org/multipage/server-sent-events.html writes it. */
final class StreamFrames {
    /** How long a reader waits before it connects again, in milliseconds. */
    private static final String RETRY = "retry: 1000\n";

    private StreamFrames() {}

    /** Why a stream ends. Without an id: the next one goes on behind the last event. */
    @Wire
    record Closed(String reason, String detail) {}

    /** An id without data is no event, and yet what a reader goes on behind who loses the stream before one came. */
    static byte[] opening(@Nullable EventId after) {
        return bytes(RETRY + (after == null ? "" : "id: " + after + "\n") + ": connected\n\n");
    }

    static byte[] heartbeat() {
        return bytes(": still here\n\n");
    }

    /** The stored body as it is; it has no line break, which JSON escapes inside texts. */
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
