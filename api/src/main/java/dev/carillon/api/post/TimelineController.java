package dev.carillon.api.post;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.timeline.TimelineService;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The history of a post. */
@Controller("/v1/posts/{id}/timeline")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "posts")
class TimelineController {
    private final TimelineService timeline;

    TimelineController(TimelineService timeline) {
        this.timeline = timeline;
    }

    /**
     * Get the timeline of a post. Returns what happened to the post, oldest first: its acceptance, claims, attempts with their starts and
     * outcomes, lookups on the platform, requests of callers, and the present state of each publication. Needs the scope posts.read.
     *
     * @param id the post's id
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<TimelineEntryResponse> getTimeline(
            @FromKey Actor actor,
            String id,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var page = timeline.of(actor, PathIds.read(PostId.KIND, "post", id), QueryValues.page(limit, cursor));
        return ListResponse.of(page, TimelineEntryResponse::of);
    }
}
