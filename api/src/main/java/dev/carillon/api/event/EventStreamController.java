package dev.carillon.api.event;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.kernel.PostId;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events as they happen, as server-sent events. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "events")
class EventStreamController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final OpenStreams streams;

    EventStreamController(OpenStreams streams) {
        this.streams = streams;
    }

    /**
     * Stream events. Sends server-sent events as they happen. Each has an id, an event type and data; the data is the same as the body of a
     * webhook. The stream starts with the next event, or after the event in Last-Event-ID or last_event_id. Needs the scope events.read.
     *
     * @param type only events of these types, separated by commas, for example publication.published,post.*
     * @param objectId only events about this post, publication, account, key or endpoint
     * @param postId only events about this post and its publications
     * @param lastEventId same as the header Last-Event-ID, for clients that cannot send headers; the header wins
     */
    @Get("/v1/events/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @ApiResponse(
            responseCode = "200",
            description = "The stream, which stays open.",
            content =
                    @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class)))
    HttpResponse<EventStream> streamEvents(
            @FromKey Actor actor,
            HttpRequest<?> request,
            @QueryValue @Nullable String type,
            @QueryValue("object_id") @Nullable String objectId,
            @QueryValue("post_id") @Nullable String postId,
            @QueryValue("last_event_id") @Nullable String lastEventId,
            @Header(LAST_EVENT_ID) @Nullable String header) {
        var filter = EventFilters.stream(type, objectId, QueryValues.id("post_id", postId, PostId.KIND));
        return opened(actor, request, filter, header, lastEventId);
    }

    /**
     * Stream the events of a post. Events of its publications are included. Needs the scope events.read.
     *
     * @param id the post's id
     * @param type only events of these types, separated by commas
     * @param lastEventId same as the header Last-Event-ID, for clients that cannot send headers; the header wins
     */
    @Get("/v1/posts/{id}/events/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @ApiResponse(
            responseCode = "200",
            description = "The stream, which stays open.",
            content =
                    @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class)))
    HttpResponse<EventStream> streamEventsOfPost(
            @FromKey Actor actor,
            HttpRequest<?> request,
            String id,
            @QueryValue @Nullable String type,
            @QueryValue("last_event_id") @Nullable String lastEventId,
            @Header(LAST_EVENT_ID) @Nullable String header) {
        var filter = EventFilters.stream(type, null, PathIds.read(PostId.KIND, "post", id));
        return opened(actor, request, filter, header, lastEventId);
    }

    private HttpResponse<EventStream> opened(
            Actor actor,
            HttpRequest<?> request,
            EventFilter filter,
            @Nullable String header,
            @Nullable String lastEventId) {
        var after = EventFilters.after(header, lastEventId);
        var response = HttpResponse.<EventStream>ok()
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                // Otherwise nginx buffers events until it has a page of them.
                .header("X-Accel-Buffering", "no");
        // A HEAD reply has no body to stream.
        return request.getMethod() == HttpMethod.HEAD
                ? response
                : response.body(streams.open(request, actor, filter, after));
    }
}
