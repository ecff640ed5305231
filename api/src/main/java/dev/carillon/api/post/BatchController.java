package dev.carillon.api.post;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.post.CreateBatchRequest.Wanted;
import dev.carillon.api.problem.Problems;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.post.BatchService;
import dev.carillon.core.post.BatchService.Item.Accepted;
import dev.carillon.core.post.BatchService.Item.Refused;
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
import java.util.List;

/** Several posts at once. */
@Controller("/v1/posts/batch")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "posts")
class BatchController {
    private final BatchService batches;
    private final IdempotentReplies replies;
    private final Problems problems;

    BatchController(BatchService batches, IdempotentReplies replies, Problems problems) {
        this.batches = batches;
        this.replies = replies;
        this.problems = problems;
    }

    /**
     * Create several posts. Accepts up to 100 posts in one transaction and returns a result for each, in request order. With mode atomic,
     * the first refused post refuses the whole batch, with a pointer to that post, and nothing is written. With mode partial, the valid
     * posts are accepted. Needs the scope posts.draft, posts.schedule or posts.publish: for each post, the scope that it needs by itself.
     */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreateBatchRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The result for each post; with mode atomic, all were accepted.",
            content = @Content(schema = @Schema(implementation = BatchResponse.class)))
    HttpResponse<String> createPosts(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var wanted = CreateBatchRequest.read(request);
        return replies.answer(actor, request, HttpStatus.OK, () -> BatchResponse.of(accept(actor, request, wanted)));
    }

    private List<BatchResponse.Item> accept(Actor actor, HttpRequest<?> request, Wanted wanted) {
        return switch (wanted.mode()) {
            case ATOMIC ->
                batches.all(actor, wanted.drafts()).stream()
                        .map(post -> BatchResponse.Item.accepted(PostResponse.of(actor, post)))
                        .toList();
            case PARTIAL ->
                batches.each(actor, wanted.drafts()).stream()
                        .map(item -> switch (item) {
                            case Accepted(var post) -> BatchResponse.Item.accepted(PostResponse.of(actor, post));
                            case Refused(var exception) ->
                                BatchResponse.Item.refused(problems.view(request, exception));
                        })
                        .toList();
        };
    }
}
