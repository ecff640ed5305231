package dev.carillon.sandbox;

import dev.carillon.sandbox.http.Endpoint;
import dev.carillon.sandbox.http.HttpErrorException;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Lists an account's posts of a period, newest first and at most 100 at once, as networks without an exact look-up do:
 * the caller's own key of a post is not included.
 */
final class RecentPostsEndpoint implements Endpoint {
    private static final int PAGE = 100;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final AccountQueries accounts;
    private final PostQueries posts;
    private final Permalinks permalinks;

    RecentPostsEndpoint(AccountQueries accounts, PostQueries posts, Permalinks permalinks) {
        this.accounts = accounts;
        this.posts = posts;
        this.permalinks = permalinks;
    }

    @Override
    public Response answer(Request request) {
        var account = accounts.find(request.variable("account"))
                .orElseThrow(() -> HttpErrorException.notFound("account_not_found", "No such account is registered."));
        var since = instant(request, "since");
        var until = instant(request, "until");
        var found = posts.recent(account.id(), since, until, cursor(request), PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var next = found.size() > PAGE ? String.valueOf(shown.getLast().id()) : null;
        var data = shown.stream()
                .map(post -> PostReplies.Recent.of(post, permalinks))
                .toList();
        return Response.json(200, new PostReplies.RecentPage(data, next));
    }

    private static Instant instant(Request request, String name) {
        var text = request.query(name)
                .orElseThrow(() -> HttpErrorException.badRequest("missing_field", "%s is missing.".formatted(name)));
        try {
            var instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Refused below, like a time out of range.
        }
        throw HttpErrorException.badRequest("invalid_field", "%s must be a time such as %s.".formatted(name, EARLIEST));
    }

    private static long cursor(Request request) {
        try {
            return request.query("cursor").map(Long::parseLong).orElse(Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw HttpErrorException.badRequest("invalid_cursor", "cursor is not from this list.");
        }
    }
}
