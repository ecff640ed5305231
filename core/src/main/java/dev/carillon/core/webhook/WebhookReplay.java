package dev.carillon.core.webhook;

import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many events sent to an endpoint again, in the order of the log and some a second.
 *
 * @param plan what is sent again
 * @param reason why it was canceled; null otherwise
 * @param total how many there were to send when it was made, counted up to {@link #COUNTED}
 * @param queued how many it has queued
 * @param takenBack how many of these went back to what they were when it was canceled
 * @param createdAt real time in both modes
 * @param endedAt likewise; null while it runs
 */
public record WebhookReplay(
        WebhookReplayId id,
        Tenant tenant,
        WebhookEndpointId endpoint,
        Plan plan,
        ReplayStatus status,
        @Nullable ReplayEnd reason,
        long total,
        long queued,
        long takenBack,
        Instant createdAt,
        @Nullable Instant endedAt) {
    /** More are not counted beforehand. */
    public static final int COUNTED = 10_000;

    /**
     * What is sent again.
     *
     * @param events patterns that an event's type has to fit
     * @param since inclusive, business time of the events
     * @param until exclusive, likewise
     * @param perSecond how many are queued a second at most
     */
    public record Plan(ReplayScope scope, List<String> events, Instant since, Instant until, int perSecond) {
        public Plan {
            events = List.copyOf(events);
        }

        /** Every type of events that fits a pattern. */
        List<String> types() {
            var patterns = events.stream().map(EventPattern::new).toList();
            return Event.types().stream()
                    .filter(type -> patterns.stream().anyMatch(pattern -> pattern.matches(type)))
                    .toList();
        }
    }

    /**
     * What became of the deliveries that it was the last to queue.
     *
     * @param waiting for their try or another one, or being sent
     */
    public record Progress(long delivered, long failed, long skipped, long waiting) {}

    /** A replay with what became of its deliveries. */
    public record Followed(WebhookReplay replay, Progress progress) {}
}
