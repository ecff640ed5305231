package dev.carillon.api.event;

import dev.carillon.api.http.Echo;
import dev.carillon.api.http.QueryValues;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what list and stream are filtered by. */
final class EventFilters {
    private static final int MOST_TYPES = 50;

    private EventFilters() {}

    static EventFilter log(
            @Nullable String type,
            @Nullable String objectId,
            @Nullable String postId,
            @Nullable String createdAfter,
            @Nullable String createdBefore) {
        return new EventFilter(
                types(type),
                objectId,
                QueryValues.id("post_id", postId, PostId.KIND),
                QueryValues.time("created_after", createdAfter),
                QueryValues.time("created_before", createdBefore));
    }

    static EventFilter stream(@Nullable String type, @Nullable String objectId, @Nullable PostId post) {
        return new EventFilter(types(type), objectId, post, null, null);
    }

    private static List<EventPattern> types(@Nullable String type) {
        if (type == null) {
            return List.of();
        }
        var words = Arrays.stream(type.split(",", -1)).map(String::strip).toList();
        if (words.size() > MOST_TYPES) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "type", "type has %d types; it takes %d at most.".formatted(words.size(), MOST_TYPES));
        }
        return words.stream().map(EventFilters::pattern).toList();
    }

    private static EventPattern pattern(String word) {
        return EventPattern.read(word).orElseThrow(() -> {
            var hint = Echo.guess(word, Set.copyOf(Event.types()))
                    .orElseGet(() -> "There are %s.".formatted(String.join(", ", new TreeSet<>(Event.types()))));
            return ErrorCode.INVALID_PARAMETER.at(
                    "type",
                    "type takes types of events with commas between them, post.* for all of one object, or *; %s is none. %s"
                            .formatted(Echo.of(word), hint));
        });
    }

    /**
     * The event behind which a stream goes on. The header wins: a browser that reconnects sends it, with the address that it began with.
     *
     * @param header {@code Last-Event-ID}; an empty one, as a browser has it before the first event, says nothing
     * @param parameter for clients that cannot set headers
     */
    static @Nullable EventId after(@Nullable String header, @Nullable String parameter) {
        if (header != null && !header.isBlank()) {
            return EventId.KIND
                    .read(header.strip())
                    .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                            "Last-Event-ID", "Last-Event-ID is the id of an event, such as evt_...."));
        }
        return QueryValues.id("last_event_id", parameter, EventId.KIND);
    }
}
