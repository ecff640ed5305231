package dev.carillon.api.protocol;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/** Answers OPTIONS with the methods of a path. It needs no credentials and no database, and counts against no rate limit. */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(OptionsReply.FIRST_OF_REQUESTS)
final class OptionsReply {
    static final int FIRST_OF_REQUESTS = Representation.BEFORE_ORIGINS + 1;

    private final PathRoutes routes;

    OptionsReply(PathRoutes routes) {
        this.routes = routes;
    }

    /** A path without a route continues and is refused like any other. */
    @RequestFilter
    @Nullable
    HttpResponse<?> answer(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.OPTIONS) {
            return null;
        }
        var ofPath = routes.ofPath(request);
        return ofPath.isEmpty()
                ? null
                : HttpResponse.noContent()
                        .header(HttpHeaders.ALLOW, String.join(", ", PathRoutes.methods(ofPath, access -> true)));
    }
}
