package dev.carillon.api.event;

import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.QueryValues;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventService;
import dev.carillon.core.event.RecordedEvent;
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

/** The event log: every change of state, once, in the order in which webhooks tell of them. */
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
     * Lists events, newest first. Needs the scope events.read.
     *
     * @param type only those of this type, for example publication.published
     * @param objectId only those about this post, publication or account
     * @param limit how many, 1 to 100; 20 where it is left out
     * @param cursor next_cursor of the part before
     */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    @ApiResponse(
            responseCode = "200",
            description = "A part of the log.",
            content = @Content(schema = @Schema(implementation = EventListResponse.class)))
    String listEvents(
            @FromKey Actor actor,
            @QueryValue @Nullable String type,
            @QueryValue("object_id") @Nullable String objectId,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var page = events.list(actor, new EventFilter(type, objectId), QueryValues.page(limit, cursor));
        return rendered(page);
    }

    /** The stored bodies as they are: rendering them anew could change a byte. */
    private String rendered(Page<RecordedEvent> page) {
        var bodies = page.data().stream().map(RecordedEvent::body).collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"data\":[%s],\"has_more\":%s,\"next_cursor\":%s}"
                .formatted(bodies, page.hasMore(), page.nextCursor() == null ? "null" : json.write(page.nextCursor()));
    }
}
