package dev.carillon.sandbox;

import dev.carillon.sandbox.http.JsonBody;
import dev.carillon.sandbox.http.Refusal;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Accepts, shows and deletes the posts of one account. */
final class PostEndpoints {
    private static final int MAX_CLIENT_KEY_LENGTH = 255;
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private final AccountQueries accounts;
    private final PostQueries posts;
    private final Permalinks permalinks;
    private final Clock clock;

    PostEndpoints(AccountQueries accounts, PostQueries posts, Permalinks permalinks, Clock clock) {
        this.accounts = accounts;
        this.posts = posts;
        this.permalinks = permalinks;
        this.clock = clock;
    }

    /** Accepts a post: 201 for a new one, 200 for one that the played network recognised by its client key. */
    Response create(Request request) {
        var account = account(request);
        var body = request.body();
        var content = content(body);
        if (!content.platform().equals(account.platform())) {
            throw Refusal.unprocessable("platform_mismatch", "The account was registered for another platform.");
        }
        // As exact as the column, so that the first answer and every later one tell the same time.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var token = permalinks.newToken();
        if (!body.flag("own_idempotency")) {
            return accepted(201, posts.accept(account.id(), content, token, now));
        }
        var acceptance = posts.acceptOnce(account.id(), content, token, now);
        return accepted(acceptance.fresh() ? 201 : 200, acceptance.post());
    }

    /** Looks posts up by client key where one is asked for, otherwise pages through all of them. */
    Response list(Request request) {
        var account = account(request);
        return request.query("client_key")
                .map(key -> matches(account, key))
                .orElseGet(() -> page(account, cursor(request), limit(request)));
    }

    /** Shows one post; one that was deleted is shown with the time of that. */
    Response show(Request request) {
        var account = account(request);
        return number(request.variable("id"))
                .flatMap(id -> posts.find(account.id(), id))
                .map(post -> Response.json(200, PostReplies.Listed.of(post, permalinks)))
                .orElseThrow(() -> Refusal.notFound("post_not_found", "The account has no such post."));
    }

    /** Deletes a post; deleting it again changes nothing and is answered alike. */
    Response delete(Request request) {
        var account = account(request);
        var deleted = number(request.variable("id"))
                .map(id -> posts.delete(account.id(), id, clock.instant()))
                .orElse(false);
        if (!deleted) {
            throw Refusal.notFound("post_not_found", "The account has no such post.");
        }
        return Response.noContent();
    }

    private SandboxAccount account(Request request) {
        return accounts.find(request.variable("account"))
                .orElseThrow(() -> Refusal.notFound("account_not_found", "No such account is registered."));
    }

    private static SandboxPost.Content content(JsonBody body) {
        var clientKey = body.text("client_key");
        if (clientKey.isEmpty() || clientKey.length() > MAX_CLIENT_KEY_LENGTH) {
            throw Refusal.badRequest(
                    "invalid_field", "client_key must have 1 to %d characters.".formatted(MAX_CLIENT_KEY_LENGTH));
        }
        return new SandboxPost.Content(
                body.text("platform"),
                body.text("text"),
                clientKey,
                body.optionalText("reply_to").orElse(null),
                body.object("settings"));
    }

    private Response accepted(int status, SandboxPost post) {
        return Response.json(status, PostReplies.Accepted.of(post, permalinks));
    }

    private Response matches(SandboxAccount account, String clientKey) {
        var found = posts.findByClientKey(account.id(), clientKey, MAX_LIMIT);
        return Response.json(
                200,
                new PostReplies.Matches(found.stream()
                        .map(post -> PostReplies.Listed.of(post, permalinks))
                        .toList()));
    }

    private Response page(SandboxAccount account, long before, int limit) {
        var found = posts.list(account.id(), before, limit + 1); // one more tells whether a next page exists
        var shown = found.stream().limit(limit).toList();
        var next = found.size() > limit ? String.valueOf(shown.getLast().id()) : null;
        var data = shown.stream()
                .map(post -> PostReplies.Listed.of(post, permalinks))
                .toList();
        return Response.json(200, new PostReplies.Page(data, posts.count(account.id()), next));
    }

    private static long cursor(Request request) {
        return request.query("cursor")
                .map(cursor -> number(cursor)
                        .orElseThrow(() -> Refusal.badRequest("invalid_cursor", "cursor is not one of this list.")))
                .orElse(Long.MAX_VALUE);
    }

    private static int limit(Request request) {
        return request.query("limit")
                .map(limit -> number(limit)
                        .filter(value -> value >= 1 && value <= MAX_LIMIT)
                        .orElseThrow(() -> Refusal.badRequest(
                                "invalid_limit", "limit must be a number from 1 to %d.".formatted(MAX_LIMIT))))
                .map(Long::intValue)
                .orElse(DEFAULT_LIMIT);
    }

    /** Post ids and cursors are numbers inside, and texts to callers. */
    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
