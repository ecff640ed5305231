package dev.carillon.api.post;

import dev.carillon.api.account.AccountExpansion;
import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.ConditionalWrites;
import dev.carillon.api.http.Expansion;
import dev.carillon.api.http.IfMatch;
import dev.carillon.api.http.JsonBody;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.NothingToSay;
import dev.carillon.api.http.PageLimit;
import dev.carillon.api.http.PathIds;
import dev.carillon.api.http.QueryValues;
import dev.carillon.api.http.TakesIfMatch;
import dev.carillon.api.http.TruthValue;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.core.apikey.Actor;
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

/** Posts: what is said, once, on many accounts. */
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
     * Accepts a post and makes a publication of it on each account. Needs the scope posts.draft, posts.schedule or posts.publish,
     * by when it goes out. With wait, the reply comes once every publication has ended, is held, waits for an approval or has an
     * unknown outcome, and otherwise after that time; a caller that hangs up stops nothing. The same request with the same
     * Idempotency-Key waits again, for the same post, and tells how it stands then. With sandbox, a live key has the post played in test
     * mode: the reply says livemode false and sandbox true.
     */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreatePostRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Accepted; with wait, as it stands at the end.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Accepted, and still on its way after wait.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> createPost(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var body = JsonBody.read(request);
        var draft = CreatePostRequest.read(body);
        var wait = CreatePostRequest.waitOf(body);
        actor.require(PostService.scopeFor(draft.when()));
        var accepted = replies.answer(
                actor, request, HttpStatus.CREATED, () -> PostResponse.of(actor, posts.accept(actor, draft)));
        return wait.isZero() ? accepted : waiting.after(actor, request, accepted, wait);
    }

    /**
     * Lists posts, newest first. Needs the scope posts.read, and accounts.read to show accounts in full.
     *
     * @param status only those in this state
     * @param sandbox true: only those that a live key had the sandbox play; false: only others. Where it is left out, a live key is
     *     shown live posts, and a test key all of test mode
     * @param platform only those with an account on this platform
     * @param accountId only those with this account
     * @param accountGroupId only those with an account that is in this group now
     * @param agentId only those made by a key of this agent
     * @param createdFrom only those made at this time or later
     * @param createdUntil only those made before this time
     * @param publishFrom only those that go out, or were to, at this time or later
     * @param publishUntil only those that go out, or were to, before this time
     * @param search only those that say all of these words, in their common text or in one of a target's; without regard to case and
     *     accents, and the last word may be the beginning of one. 1 to 200 characters
     * @param expand what to show in full: publications.account, publications.account.account_group
     * @param limit how many, 1 to 100; 20 where it is left out
     * @param cursor next_cursor of the part before
     */
    @Get
    ListResponse<PostResponse> listPosts(
            @FromKey Actor actor,
            @QueryValue @Nullable String status,
            @QueryValue @TruthValue @Nullable String sandbox,
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
     * Reads one post with its publications. Needs the scope posts.read, and accounts.read to show accounts in full.
     *
     * @param id the post's id
     * @param expand what to show in full: publications.account, publications.account.account_group
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
     * Changes a post of which nothing was begun with: a draft, or one that waits for its time. The change is a revision of the post, and
     * names the one that it is made to, in revision or If-Match. With * in If-Match it is made to any. Needs the scope posts.draft for a draft, posts.schedule for what has a
     * time or is given one, and posts.publish for {@code now}.
     *
     * @param id the post's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangePostRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> changePost(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var edit = ChangePostRequest.read(request, JsonBody.read(request));
        var post = idOf(id);
        // The edit itself compares a revision, and needs no right to read the post for that.
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
     * Cancels every publication of the post that has not been sent. What may have been sent goes on; when nothing could be
     * stopped any more, this is refused. Needs the scope posts.schedule.
     *
     * @param id the post's id
     */
    @Post("/{id}/cancel")
    @TakesIfMatch
    @NothingToSay
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "Canceled, as far as it could be.",
            content = @Content(schema = @Schema(implementation = PostResponse.class)))
    HttpResponse<String> cancelPost(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.readNothing(request);
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
