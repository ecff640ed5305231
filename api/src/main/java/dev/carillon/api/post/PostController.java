package dev.carillon.api.post;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.account.AccountExpansion;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.BooleanParam;
import dev.carillon.api.input.EmptyBody;
import dev.carillon.api.input.Expansion;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.IfMatch;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.EditService;
import dev.carillon.core.post.PostFilter;
import dev.carillon.core.post.PostFilter.Destination;
import dev.carillon.core.post.PostFilter.Span;
import dev.carillon.core.post.PostService;
import dev.carillon.core.post.SearchWords;
import dev.carillon.core.publication.PostStatus;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts: one message for one or more accounts. */
@Controller("/v1/posts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "posts")
class PostController {
    private final PostService posts;
    private final IdempotentReplies replies;
    private final WaitedReplies waiting;
    private final EditService edits;
    private final AccountExpansion expansion;
    private final PostConditions conditions;

    PostController(
            PostService posts,
            IdempotentReplies replies,
            WaitedReplies waiting,
            EditService edits,
            AccountExpansion expansion,
            PostConditions conditions) {
        this.conditions = conditions;
        this.expansion = expansion;
        this.posts = posts;
        this.edits = edits;
        this.replies = replies;
        this.waiting = waiting;
    }

    /**
     * Create a post. Carillon creates a publication for each account. Needs the scope posts.draft, posts.schedule or posts.publish,
     * depending on when it is published. With wait, the reply comes when every publication has ended, is held, waits for an approval or has
     * an unknown outcome, or when the wait is over; disconnecting stops nothing. The same request with the same Idempotency-Key waits again
     * for the same post and returns its state at that time. With sandbox, the post of a live key is simulated in test mode: the reply has
     * livemode false and sandbox true.
     */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreatePostRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The accepted post; with wait, its state after the wait.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The accepted post, which is still in progress after the wait.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> createPost(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var body = RequestReader.read(request, CreatePostRequest.class);
        var draft = body.toNewPost();
        var wait = body.toWait();
        actor.require(PostService.scopeFor(draft.when()));
        var accepted = replies.answer(
                actor, request, HttpStatus.CREATED, () -> PostResponse.of(actor, posts.accept(actor, draft)));
        return wait.isZero() ? accepted : waiting.after(actor, request, accepted, wait);
    }

    /**
     * List posts. The newest come first. Needs the scope posts.read, and accounts.read to show accounts in full.
     *
     * @param status only posts with this status
     * @param sandbox true: only posts that a live key had the sandbox simulate; false: only other posts. If you omit it, a live key sees
     *     live posts, and a test key sees all posts of test mode
     * @param platform only posts with an account on this platform
     * @param accountId only posts with this account
     * @param accountGroupId only posts with an account that is in this group now
     * @param agentId only posts created by a key of this agent
     * @param createdFrom only posts created at this time or later
     * @param createdUntil only posts created before this time
     * @param publishFrom only posts whose publish time is this time or later
     * @param publishUntil only posts whose publish time is before this time
     * @param search only posts that contain all of these words, in their common text or in the text of a target; case and accents are
     *     ignored, and the last word may be the beginning of a word. 1 to 200 characters
     * @param expand the related objects to return in full: publications.account, publications.account.account_group
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<PostResponse> listPosts(
            @FromKey Actor actor,
            @QueryValue @Nullable String status,
            @QueryValue @BooleanParam @Nullable String sandbox,
            @QueryValue @Nullable String platform,
            @QueryValue("account_id") @Nullable String accountId,
            @QueryValue("account_group_id") @Nullable String accountGroupId,
            @QueryValue("agent_id") @Nullable String agentId,
            @QueryValue("created_from") @Nullable String createdFrom,
            @QueryValue("created_until") @Nullable String createdUntil,
            @QueryValue("publish_from") @Nullable String publishFrom,
            @QueryValue("publish_until") @Nullable String publishUntil,
            @QueryValue @Nullable String search,
            @QueryValue(Expansion.PARAMETER) @Nullable List<String> expand,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var inFull = Expansion.read(expand, PostConditions.EXPANDABLE);
        expansion.check(actor, inFull);
        var filter = new PostFilter(
                QueryValues.oneOf("status", status, PostStatus.values(), PostStatus::wireName),
                QueryValues.truth("sandbox", sandbox),
                new Destination(
                        QueryValues.oneOf("platform", platform, Platform.values(), Platform::wireName),
                        QueryValues.id("account_id", accountId, AccountId.KIND),
                        QueryValues.id("account_group_id", accountGroupId, AccountGroupId.KIND)),
                QueryValues.id("agent_id", agentId, AgentId.KIND),
                new Span(
                        QueryValues.time("created_from", createdFrom), QueryValues.time("created_until", createdUntil)),
                new Span(
                        QueryValues.time("publish_from", publishFrom), QueryValues.time("publish_until", publishUntil)),
                search == null ? null : new SearchWords(search));
        var page = posts.list(actor, filter, QueryValues.page(limit, cursor));
        var accounts = conditions.accountsOf(actor, inFull, page.data());
        return ListResponse.of(page, post -> PostResponse.of(actor, post, accounts));
    }

    /**
     * Get a post. Its publications are included. Needs the scope posts.read, and accounts.read to show accounts in full.
     *
     * @param id the post's id
     * @param expand the related objects to return in full: publications.account, publications.account.account_group
     */
    @Get("/{id}")
    PostResponse getPost(
            @FromKey Actor actor, String id, @QueryValue(Expansion.PARAMETER) @Nullable List<String> expand) {
        var inFull = Expansion.read(expand, PostConditions.EXPANDABLE);
        expansion.check(actor, inFull);
        var post = posts.get(actor, idOf(id));
        return PostResponse.of(actor, post, conditions.accountsOf(actor, inFull, List.of(post)));
    }

    /**
     * Change a post. You can change a draft, and a post that waits for its time until publishing starts. Each change creates a revision.
     * Send the revision that you change in revision or If-Match; If-Match * changes any revision. Needs the scope posts.draft for a draft,
     * posts.schedule for a post that has a time or gets one, and posts.publish for {@code now}.
     *
     * @param id the post's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangePostRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The changed post.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> changePost(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var edit = RequestReader.read(request, ChangePostRequest.class).toEdit(request);
        var post = idOf(id);
        // The edit itself compares the revision, and does not need the right to read the post for that.
        boolean namesARevision = IfMatch.of(request).map(IfMatch::revision).isPresent();
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                namesARevision
                        ? ConditionalWrites.byRevision(() -> PostResponse.of(actor, edits.edit(actor, post, edit)))
                        : conditions.guarded(actor, request, post, () -> edits.edit(actor, post, edit)));
    }

    /**
     * Cancel a post. Cancels every publication that has not been sent. Publications that may have been sent continue; if none can be
     * stopped any more, the request is refused. Needs the scope posts.schedule.
     *
     * @param id the post's id
     */
    @Post("/{id}/cancel")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The post, with every publication canceled that could still be stopped.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> cancelPost(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var post = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                conditions.guarded(actor, request, post, () -> posts.cancel(actor, post)));
    }

    private static PostId idOf(String text) {
        return PathIds.read(PostId.KIND, "post", text);
    }
}
