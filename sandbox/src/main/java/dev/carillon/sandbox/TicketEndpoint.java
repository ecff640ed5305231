package dev.carillon.sandbox;

import dev.carillon.sandbox.TicketQueries.Ticket;
import dev.carillon.sandbox.http.Endpoint;
import dev.carillon.sandbox.http.HttpErrorException;
import dev.carillon.sandbox.http.Paging;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reports the progress of a post that was taken with a ticket. The post is created by the first request after its time.
 */
final class TicketEndpoint implements Endpoint {
    private final TicketQueries tickets;
    private final PostQueries posts;
    private final Permalinks permalinks;
    private final Clock clock;

    TicketEndpoint(TicketQueries tickets, PostQueries posts, Permalinks permalinks, Clock clock) {
        this.tickets = tickets;
        this.posts = posts;
        this.permalinks = permalinks;
        this.clock = clock;
    }

    @Override
    public Response answer(Request request) {
        return Paging.number(request.variable("id"))
                .flatMap(id -> tickets.find(request.variable("account"), id))
                .map(ticket ->
                        Response.json(200, progress(ticket, request.time().orElseGet(clock::instant))))
                .orElseThrow(() -> HttpErrorException.notFound("ticket_not_found", "The account has no such ticket."));
    }

    private PostReplies.Progress progress(Ticket ticket, Instant now) {
        var left = Duration.between(now, ticket.incoming().at());
        if (left.isPositive()) {
            return PostReplies.Progress.askAfter(left);
        }
        return ticket.rejected()
                ? PostReplies.Progress.rejected("The content was rejected during processing.")
                : PostReplies.Progress.published(posts.accept(ticket.incoming()).post(), permalinks);
    }
}
