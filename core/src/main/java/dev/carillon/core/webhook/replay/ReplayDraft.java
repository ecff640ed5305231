package dev.carillon.core.webhook.replay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replay as a caller asks for it.
 *
 * @param since of events from this time on, in business time
 * @param until of events before this time; null for now
 * @param events of events of these types; empty for the scope's default
 * @param perSecond maximum number of deliveries queued per second
 */
public record ReplayDraft(
        ReplayScope scope, Instant since, @Nullable Instant until, List<String> events, int perSecond) {
    public static final int SLOWEST = 1;
    public static final int FASTEST = 1_000;
    public static final int USUAL = 10;

    public ReplayDraft {
        events = List.copyOf(events);
        if (perSecond < SLOWEST || perSecond > FASTEST) {
            throw new IllegalArgumentException("invalid number of deliveries per second: " + perSecond);
        }
    }
}
