package dev.carillon.core.event;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event on its way to everybody who follows it; what it looks like on the wire is made once and shared. */
public final class LiveEvent {
    private final RecordedEvent event;
    private volatile byte @Nullable [] rendered;

    LiveEvent(RecordedEvent event) {
        this.event = event;
    }

    public RecordedEvent event() {
        return event;
    }

    /** Its bytes, which nobody may change; {@code render} is asked by the first who wants them. */
    public byte[] rendered(Function<RecordedEvent, byte[]> render) {
        var bytes = rendered;
        if (bytes == null) {
            bytes = render.apply(event);
            rendered = bytes;
        }
        return bytes;
    }
}
