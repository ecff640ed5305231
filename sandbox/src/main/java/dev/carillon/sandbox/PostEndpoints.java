package dev.carillon.sandbox;

import dev.carillon.sandbox.SandboxPost.IncomingPost;
import dev.carillon.sandbox.http.HttpErrorException;
import dev.carillon.sandbox.http.JsonBody;
import dev.carillon.sandbox.http.Paging;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Accepts, shows and deletes the posts of one account. */
final class PostEndpoints {
    private static final int MAX_CLIENT_KEY_LENGTH = 255;

    private final AccountQueries accounts;
    private final PostQueries posts;
    private final FaultPolicy faults;
    private final TroubledPosts troubled;
    private final Permalinks permalinks;
    private final Clock clock;

    PostEndpoints(
            AccountQueries accounts,
            PostQueries posts,
            FaultPolicy faults,
            TroubledPosts troubled,
            Permalinks permalinks,
            Clock clock) {
        this.accounts = accounts;
        this.posts = posts;
        this.faults = faults;
        this.troubled = troubled;
        this.permalinks = permalinks;
        this.clock = clock;
    }

    /**
     * Accepts a post: 201 for a new one, 200 for one that the simulated platform recognised by its client key; or
     * applies the fault that affects it. Refuses every post once access to the account has expired, and a reply to a
     * post that the account does not have.
     */
    Response create(Request request) {
        var body = request.body();
        var workspace = body.optionalText("workspace").orElse(null);
        var poster =
                accounts.findPoster(request.variable("account"), workspace).orElseThrow(PostEndpoints::accountNotFound);
        var content = content(body);
        if (!content.platform().equals(poster.account().platform())) {
            throw HttpErrorException.unprocessable(
                    "platform_mismatch", "The account was registered for another platform.");
        }
        var incoming = new IncomingPost(
                poster.account().id(),
                workspace,
                content,
                body.flag("own_idempotency"),
                permalinks.newToken(),
                // As precise as the column, so that the first answer and every later one give the same time.
                now(request).truncatedTo(ChronoUnit.MICROS),
                false);
        var accessUntil = body.instant("access_until");
        if (accessUntil.isPresent() && !incoming.at().isBefore(accessUntil.get())) {
            return troubled.answer(Trouble.usual(FaultKind.TOKEN_EXPIRED), incoming);
        }
        if (answersNothing(incoming)) {
            return troubled.answer(Trouble.usual(FaultKind.REPLY_TARGET_MISSING), incoming);
        }
        return faults.striking(incoming, poster)
                .map(trouble -> troubled.answer(trouble, incoming))
                .orElseGet(() -> troubled.accept(incoming));
    }

    /**
     * Whether it replies to a post that the account does not have, or no longer has. A repetition is treated like the
     * post that it repeats.
     */
    private boolean answersNothing(IncomingPost incoming) {
        var replyTo = incoming.content().replyTo();
        return replyTo != null
                && !stands(incoming.account(), replyTo)
                && !(incoming.ownIdempotency()
                        && !posts.findByClientKey(
                                        incoming.account(), incoming.content().clientKey(), 1)
                                .isEmpty());
    }

    private boolean stands(String account, String id) {
        return Paging.number(id)
                .flatMap(number -> posts.find(account, number))
                .filter(post -> post.deletedAt() == null)
                .isPresent();
    }

    /** Looks up posts by client key if one is given; otherwise pages through all of them. */
    Response list(Request request) {
        var account = account(request);
        return request.query("client_key")
                .map(key -> matches(account, key))
                .orElseGet(() -> page(account, Paging.cursor(request), Paging.limit(request)));
    }

    /** Shows one post; a deleted one is shown with the time of its deletion. */
    Response show(Request request) {
        var account = account(request);
        return Paging.number(request.variable("id"))
                .flatMap(id -> posts.find(account.id(), id))
                .map(post -> Response.json(200, PostReplies.Listed.of(post, permalinks)))
                .orElseThrow(() -> HttpErrorException.notFound("post_not_found", "The account has no such post."));
    }

    /** Deletes a post; deleting it again changes nothing and gets the same answer. */
    Response delete(Request request) {
        var account = account(request);
        var deleted = Paging.number(request.variable("id"))
                .map(id -> posts.delete(account.id(), id, now(request)))
                .orElse(false);
        if (!deleted) {
            throw HttpErrorException.notFound("post_not_found", "The account has no such post.");
        }
        return Response.noContent();
    }

    private Instant now(Request request) {
        return request.time().orElseGet(clock::instant);
    }

    private SandboxAccount account(Request request) {
        return accounts.find(request.variable("account")).orElseThrow(PostEndpoints::accountNotFound);
    }

    private static HttpErrorException accountNotFound() {
        return HttpErrorException.notFound("account_not_found", "No such account is registered.");
    }

    private static SandboxPost.Content content(JsonBody body) {
        var clientKey = body.text("client_key");
        if (clientKey.isEmpty() || clientKey.length() > MAX_CLIENT_KEY_LENGTH) {
            throw HttpErrorException.badRequest(
                    "invalid_field", "client_key must have 1 to %d characters.".formatted(MAX_CLIENT_KEY_LENGTH));
        }
        return new SandboxPost.Content(
                body.text("platform"),
                body.text("text"),
                clientKey,
                body.optionalText("reply_to").orElse(null),
                body.object("settings"));
    }

    private Response matches(SandboxAccount account, String clientKey) {
        var found = posts.findByClientKey(account.id(), clientKey, Paging.MAX_LIMIT);
        return Response.json(
                200,
                new PostReplies.Matches(found.stream()
                        .map(post -> PostReplies.Listed.of(post, permalinks))
                        .toList()));
    }

    private Response page(SandboxAccount account, long before, int limit) {
        var oneMore = posts.list(account.id(), before, limit + 1);
        return Response.json(200, PostReplies.Page.of(oneMore, limit, posts.count(account.id()), permalinks));
    }
}
