package dev.carillon.api.event;

import dev.carillon.core.kernel.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the event log. Each event is its stored body, byte for byte.
 *
 * @param object always {@code list}
 * @param data the events of this page
 * @param hasMore whether there is another page
 * @param nextCursor what to send as {@code cursor} for the next page; null on the last page
 */
@Wire
record EventListResponse(
        String object,
        List<EventResponse> data,
        boolean hasMore,
        @Nullable String nextCursor) {}
