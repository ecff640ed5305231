package dev.carillon.sandbox;

import dev.carillon.sandbox.SandboxPost.IncomingPost;
import dev.carillon.sandbox.http.Hanging;
import dev.carillon.sandbox.http.Response;
import java.util.Map;

/** Answers posts, with or without an injected failure. */
final class TroubledPosts {
    private static final String GARBAGE = "<!doctype html><title>Welcome</title><p>Something went wrong on the way.";

    private final PostQueries posts;
    private final TicketQueries tickets;
    private final Permalinks permalinks;
    private final Hanging hanging;

    TroubledPosts(PostQueries posts, TicketQueries tickets, Permalinks permalinks, Hanging hanging) {
        this.posts = posts;
        this.tickets = tickets;
        this.permalinks = permalinks;
        this.hanging = hanging;
    }

    /** Accepts the post: 201 for a new one, 200 for a known one. */
    Response accept(IncomingPost incoming) {
        var acceptance = posts.accept(incoming);
        return Response.json(acceptance.fresh() ? 201 : 200, PostReplies.Accepted.of(acceptance.post(), permalinks));
    }

    Response answer(Trouble trouble, IncomingPost incoming) {
        return switch (trouble.kind()) {
            case TOKEN_EXPIRED -> refusal(401, trouble, incoming, "The access token has expired.");
            case ACCESS_REVOKED -> refusal(401, trouble, incoming, "The owner of the account has revoked access.");
            case PERMISSION_MISSING -> refusal(403, trouble, incoming, "The access token does not permit posting.");
            case ACCOUNT_SUSPENDED -> refusal(403, trouble, incoming, "The account is suspended.");
            case RATE_LIMITED ->
                refusal(429, trouble, incoming, "Too many posts; try again later.")
                        .with(Map.of("Retry-After", String.valueOf(trouble.seconds())));
            case DUPLICATE -> refusal(409, trouble, incoming, "The account already has the same post.");
            case REPLY_TARGET_MISSING -> refusal(404, trouble, incoming, "The post to reply to does not exist.");
            case CONTENT_REJECTED -> refusal(422, trouble, incoming, "The content breaks the rules of the network.");
            case MEDIA_FETCH_FAILED ->
                refusal(422, trouble, incoming, "The media could not be fetched from its address.");
            case UNAVAILABLE -> refusal(503, trouble, incoming, "Down for maintenance; the post was not accepted.");
            case SERVER_ERROR -> refusal(500, trouble, incoming, "An internal error occurred.");
            case SLOW_PROCESSING -> takeAndTell(incoming, trouble, false);
            case PROCESSING_REJECTED -> takeAndTell(incoming, trouble, true);
            case REPLY_LOST_AFTER_ACCEPT -> {
                posts.accept(incoming);
                yield Response.nothing();
            }
            case REPLY_LOST_BEFORE_ACCEPT -> Response.nothing();
            case MALFORMED_REPLY -> {
                posts.accept(incoming);
                yield Response.plainText(GARBAGE).with(Map.of("Content-Type", "text/html; charset=utf-8"));
            }
            case CUT_REPLY -> accept(incoming).cutInHalf();
            case HANG -> {
                hanging.hold(trouble.seconds());
                yield Response.nothing();
            }
            case VANISHES -> accept(incoming.vanishing());
        };
    }

    /** The error code is the kind's name, which no server in front of this one would send. */
    private static Response refusal(int status, Trouble trouble, IncomingPost incoming, String message) {
        var ofNetwork =
                PlatformErrors.of(incoming.content().platform(), trouble).orElse(null);
        return Response.error(status, trouble.kind().wireName(), message, ofNetwork);
    }

    private Response takeAndTell(IncomingPost incoming, Trouble trouble, boolean rejected) {
        long ticket = tickets.open(incoming.readyIn(trouble.seconds()), rejected);
        return Response.json(202, new PostReplies.Taken(String.valueOf(ticket), trouble.seconds()));
    }
}
