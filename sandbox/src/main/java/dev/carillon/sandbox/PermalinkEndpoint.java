package dev.carillon.sandbox;

import dev.carillon.sandbox.http.Endpoint;
import dev.carillon.sandbox.http.HttpErrorException;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;

/** Shows one post, as plain text, to anyone who has its address. */
final class PermalinkEndpoint implements Endpoint {
    private final PermalinkQueries pages;
    private final Permalinks permalinks;

    PermalinkEndpoint(PermalinkQueries pages, Permalinks permalinks) {
        this.pages = pages;
        this.permalinks = permalinks;
    }

    @Override
    public Response answer(Request request) {
        var page = pages.find(request.variable("token"), permalinks.oldestWithoutPage())
                .orElseThrow(() -> HttpErrorException.notFound(
                        "post_not_found", "There is no such post, or it is no longer available."));
        return Response.plainText(
                "%s · @%s · %s\n\n%s\n".formatted(page.platform(), page.username(), page.createdAt(), page.text()));
    }
}
