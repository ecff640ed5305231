package dev.carillon.api.post;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.post.RetryService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Retries the failed publications of a post. */
@Controller("/v1/posts/{id}/retry")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "posts")
class RetryController {
    private final RetryService retries;
    private final IdempotentReplies replies;
    private final PostConditions conditions;

    RetryController(RetryService retries, IdempotentReplies replies, PostConditions conditions) {
        this.retries = retries;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Retry a post. Retries its failed and missed publications, with the same content. Published publications stay as they are; a request
     * that names one is refused. Needs the scope posts.publish.
     *
     * @param id the post's id
     */
    @Post
    @TakesIfMatch
    @Consumes(MediaType.ALL)
    @IdempotencyKey
    @RequestBody(
            description = "No body, or the publications to retry.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RetryPostRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The post, whose publications are due again.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> retryPost(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var wanted = RequestReader.readOptional(request, RetryPostRequest.class).toWanted();
        var post = PathIds.read(PostId.KIND, "post", id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                conditions.guarded(
                        actor,
                        request,
                        post,
                        () -> retries.retry(actor, post, wanted.targets(), wanted.allowDuplicate())));
    }
}
