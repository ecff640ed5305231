package dev.carillon.core.event;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event on its way to its followers; its form on the wire is rendered once and shared. */
public final class LiveEvent {
    private final RecordedEvent event;
    private volatile byte @Nullable [] rendered;

    LiveEvent(RecordedEvent event) {
        this.event = event;
    }

    public RecordedEvent event() {
        return event;
    }

    /** The event's bytes, which callers must not change. The first call renders them with {@code render}. */
    public byte[] rendered(Function<RecordedEvent, byte[]> render) {
        var bytes = rendered;
        if (bytes == null) {
            bytes = render.apply(event);
            rendered = bytes;
        }
        return bytes;
    }
}
