package dev.carillon.core.webhook.replay;

import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bulk replay: many events sent to an endpoint again, in the order of the log and at a limited rate.
 *
 * @param plan what is sent again
 * @param reason why it was canceled; null otherwise
 * @param total how many deliveries there were to send when it was created, counted up to {@link #COUNTED}
 * @param queued how many it has queued
 * @param restored how many of these were restored to their earlier state when it was canceled
 * @param createdAt real time in both modes
 * @param endedAt real time in both modes; null while it runs
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
        long restored,
        Instant createdAt,
        @Nullable Instant endedAt) {
    /** The count of {@code total} stops here. */
    public static final int COUNTED = 10_000;

    /**
     * What is sent again.
     *
     * @param events patterns that an event's type must match
     * @param since inclusive, business time of the events
     * @param until exclusive, business time of the events
     * @param perSecond maximum number of deliveries queued per second
     */
    public record Plan(ReplayScope scope, List<String> events, Instant since, Instant until, int perSecond) {
        public Plan {
            events = List.copyOf(events);
        }

        /** Every event type that matches a pattern. */
        List<String> types() {
            var patterns = events.stream().map(EventPattern::new).toList();
            return Event.types().stream()
                    .filter(type -> patterns.stream().anyMatch(pattern -> pattern.matches(type)))
                    .toList();
        }
    }

    /**
     * The outcomes of the deliveries that this replay was the last to queue.
     *
     * @param waiting for an attempt, or being sent
     */
    public record Progress(long delivered, long failed, long skipped, long waiting) {}

    /** A replay with the outcomes of its deliveries. */
    public record Followed(WebhookReplay replay, Progress progress) {}
}
