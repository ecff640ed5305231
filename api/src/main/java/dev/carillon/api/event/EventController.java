package dev.carillon.api.event;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.event.EventOrder;
import dev.carillon.core.event.EventService;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Page;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The event log: every change of state, once, in the order in which webhooks report them. */
@Controller("/v1/events")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "events")
class EventController {
    private final EventService events;
    private final Json json;

    EventController(EventService events, Json json) {
        this.events = events;
        this.json = json;
    }

    /**
     * List events. The newest come first, or the oldest with order=asc. Needs the scope events.read.
     *
     * @param type only events of these types, separated by commas, for example publication.published,post.*
     * @param objectId only events about this post, publication, account, key or endpoint
     * @param postId only events about this post and its publications
     * @param createdAfter only events later than this time
     * @param createdBefore only events earlier than this time
     * @param order desc (newest first, the default) or asc (oldest first)
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    @ApiResponse(
            responseCode = "200",
            description = "One page of the event log.",
            content = @Content(schema = @Schema(implementation = EventListResponse.class)))
    String listEvents(
            @FromKey Actor actor,
            @QueryValue @Nullable String type,
            @QueryValue("object_id") @Nullable String objectId,
            @QueryValue("post_id") @Nullable String postId,
            @QueryValue("created_after") @Nullable String createdAfter,
            @QueryValue("created_before") @Nullable String createdBefore,
            @QueryValue @Nullable String order,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var direction = QueryValues.oneOf("order", order, EventOrder.values(), EventOrder::wireName);
        var page = events.list(
                actor,
                EventFilters.log(type, objectId, postId, createdAfter, createdBefore),
                direction == null ? EventOrder.DESC : direction,
                QueryValues.page(limit, cursor));
        return rendered(page);
    }

    /**
     * Get an event. Its body has the same bytes as in its webhooks. Needs the scope events.read.
     *
     * @param id the event's id
     */
    @Get("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @ApiResponse(
            responseCode = "200",
            description = "The event.",
            content = @Content(schema = @Schema(implementation = EventResponse.class)))
    String getEvent(@FromKey Actor actor, String id) {
        return events.get(actor, PathIds.read(EventId.KIND, "event", id)).body();
    }

    /** Returns the stored bodies unchanged: rendering them again could change a byte. */
    private String rendered(Page<RecordedEvent> page) {
        var bodies = page.data().stream().map(RecordedEvent::body).collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"data\":[%s],\"has_more\":%s,\"next_cursor\":%s}"
                .formatted(bodies, page.hasMore(), page.nextCursor() == null ? "null" : json.write(page.nextCursor()));
    }
}
