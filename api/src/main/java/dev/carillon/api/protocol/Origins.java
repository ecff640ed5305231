package dev.carillon.api.protocol;

import dev.carillon.api.access.RouteAccess;
import dev.carillon.api.session.SessionCookies;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.UriRouteInfo;
import java.util.List;

/**
 * Lets pages of any origin call the API (CORS, in the Fetch standard), but never with cookies: what such a page may do depends on the key
 * that it has. {@link RouteAccess#isForAnyOrigin} decides for which routes. The headers do not depend on the request's origin, so that
 * replies do not vary by it.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(Origins.BEFORE_LOG)
final class Origins {
    static final int BEFORE_LOG = Ordered.HIGHEST_PRECEDENCE + 1;

    /** The request headers that a page may send in addition to those that browsers always allow. */
    static final List<String> REQUEST_HEADERS = List.of(
            "Authorization",
            "X-Api-Key",
            "Content-Type",
            "Content-Encoding",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            "traceparent",
            // Ignored, but programs that send traceparent send it as well.
            "tracestate");

    /** The reply headers that a page may read in addition to those that browsers always allow. */
    static final List<String> REPLY_HEADERS = List.of(
            "Request-Id",
            "ETag",
            "Idempotent-Replayed",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "Allow",
            "WWW-Authenticate");

    /** Browsers limit this themselves: Chromium asks again after two hours. */
    private static final String MAX_AGE_SECONDS = "86400";

    private final PathRoutes routes;

    Origins(PathRoutes routes) {
        this.routes = routes;
    }

    @ResponseFilter
    void let(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var method = request.getHeaders().get(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (request.getMethod() == HttpMethod.OPTIONS && method != null) {
            answerPreflight(request, response, method);
        } else if (mayBeRead(request)) {
            letRead(response);
        }
    }

    /** Before a browser sends what a form could not, it asks whether the page may use this method and these headers. */
    private void answerPreflight(HttpRequest<?> request, MutableHttpResponse<?> response, String method) {
        var ofPath = routes.ofPath(request);
        var forAnyOrigin = PathRoutes.methods(ofPath, RouteAccess::isForAnyOrigin);
        // A path without routes is answered with a 404, which a page may read.
        if (ofPath.isEmpty() || forAnyOrigin.contains(method)) {
            letRead(response);
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", forAnyOrigin));
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", REQUEST_HEADERS));
            response.header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
    }

    private static void letRead(MutableHttpResponse<?> response) {
        response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", REPLY_HEADERS));
    }

    private boolean mayBeRead(HttpRequest<?> request) {
        var route = PathRoutes.of(request);
        if (route.isEmpty()) {
            return !hasSession(request) && routes.ofPath(request).stream().allMatch(Origins::isForAnyOrigin);
        }
        // Open routes answer the same with and without a cookie.
        return isForAnyOrigin(route.get())
                && (RouteAccess.of(route.get()) instanceof RouteAccess.Open || !hasSession(request));
    }

    private static boolean isForAnyOrigin(UriRouteInfo<?, ?> route) {
        return RouteAccess.isForAnyOrigin(RouteAccess.of(route));
    }

    private static boolean hasSession(HttpRequest<?> request) {
        return SessionCookies.tokenOf(request).isPresent();
    }
}
