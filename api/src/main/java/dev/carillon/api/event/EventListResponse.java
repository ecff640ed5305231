package dev.carillon.api.event;

import dev.carillon.core.kernel.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the event log, newest first: what {@link EventController} puts together from stored bodies, described.
 *
 * @param object always {@code list}
 * @param data this part
 * @param hasMore whether there is another part
 * @param nextCursor what to send as {@code cursor} for the next part; null at the end
 */
@Wire
record EventListResponse(
        String object,
        List<EventResponse> data,
        boolean hasMore,
        @Nullable String nextCursor) {}
