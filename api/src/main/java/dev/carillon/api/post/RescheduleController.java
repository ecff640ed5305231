package dev.carillon.api.post;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.post.PostService;
import dev.carillon.core.post.RetryService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Gives a new time to the missed publications of a post. */
@Controller("/v1/posts/{id}/reschedule")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "posts")
class RescheduleController {
    private final RetryService retries;
    private final IdempotentReplies replies;
    private final PostConditions conditions;

    RescheduleController(RetryService retries, IdempotentReplies replies, PostConditions conditions) {
        this.retries = retries;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Reschedule a post. Its missed publications get a new time, with the same content. Needs the scope posts.schedule, or posts.publish
     * for {@code now}.
     *
     * @param id the post's id
     */
    @Post
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ReschedulePostRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The post with its new time.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> reschedulePost(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var times = RequestReader.read(request, ReschedulePostRequest.class).toNewTimes();
        actor.require(PostService.scopeFor(times.when()));
        var post = PathIds.read(PostId.KIND, "post", id);
        var wanted = times.wanted();
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                conditions.guarded(
                        actor,
                        request,
                        post,
                        () -> retries.reschedule(
                                actor, post, wanted.targets(), times.when(), wanted.allowDuplicate())));
    }
}
