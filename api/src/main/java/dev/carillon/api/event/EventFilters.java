package dev.carillon.api.event;

import dev.carillon.api.input.QueryValues;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import org.jspecify.annotations.Nullable;

/** Reads the filters that lists and streams of events share. */
final class EventFilters {
    private EventFilters() {}

    static EventFilter log(
            @Nullable String type,
            @Nullable String objectId,
            @Nullable String postId,
            @Nullable String createdAfter,
            @Nullable String createdBefore) {
        return new EventFilter(
                EventTypes.read("type", type),
                objectId,
                QueryValues.id("post_id", postId, PostId.KIND),
                QueryValues.time("created_after", createdAfter),
                QueryValues.time("created_before", createdBefore));
    }

    static EventFilter stream(@Nullable String type, @Nullable String objectId, @Nullable PostId post) {
        return new EventFilter(EventTypes.read("type", type), objectId, post, null, null);
    }

    /**
     * The event after which a stream continues. The header wins: a browser that reconnects sends it, together with the URL that it started
     * with.
     *
     * @param header {@code Last-Event-ID}; browsers send it empty before the first event, which counts as absent
     * @param parameter for clients that cannot set headers
     */
    static @Nullable EventId after(@Nullable String header, @Nullable String parameter) {
        if (header != null && !header.isBlank()) {
            return EventId.KIND
                    .read(header.strip())
                    .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                            "Last-Event-ID", "Last-Event-ID must be the id of an event, such as evt_...."));
        }
        return QueryValues.id("last_event_id", parameter, EventId.KIND);
    }
}
