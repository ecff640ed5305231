package dev.carillon.core.event;

import dev.carillon.core.kernel.PostId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects events.
 *
 * @param types an event's type must match one of these; empty for all
 * @param objectId about this object; null for all
 * @param post about this post or one of its publications; null for all
 * @param createdAfter later than this, in business time; null for no bound
 * @param createdBefore earlier than this, in business time; null for no bound
 */
public record EventFilter(
        List<EventPattern> types,
        @Nullable String objectId,
        @Nullable PostId post,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore) {
    public static final EventFilter ALL = new EventFilter(List.of(), null, null, null, null);

    public EventFilter {
        types = List.copyOf(types);
    }

    /** Whether the filter selects an event. */
    public boolean matches(RecordedEvent event) {
        return (types.isEmpty() || types.stream().anyMatch(pattern -> pattern.matches(event.type())))
                && (objectId == null || objectId.equals(event.objectId()))
                && (post == null || post.toString().equals(event.postId()))
                && (createdAfter == null || event.createdAt().isAfter(createdAfter))
                && (createdBefore == null || event.createdAt().isBefore(createdBefore));
    }
}
