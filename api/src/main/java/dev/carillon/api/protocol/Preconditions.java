package dev.carillon.api.protocol;

import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Locale;

/**
 * Refuses what a route would otherwise ignore: {@code If-Match} where it cannot be honoured, {@code If-None-Match} on a change, and a body
 * in a coding that the server does not decode.
 */
@ServerFilter("/v1/**")
@Order(Preconditions.AFTER_AUTHENTICATION)
final class Preconditions {
    static final int AFTER_AUTHENTICATION = 101;

    @RequestFilter
    void check(HttpRequest<?> request) {
        PathRoutes.of(request).ifPresent(route -> check(request, route));
    }

    private static void check(HttpRequest<?> request, UriRouteInfo<?, ?> route) {
        refuseUnknownCoding(request);
        if (IfMatch.of(request).isPresent() && !route.getAnnotationMetadata().hasAnnotation(TakesIfMatch.class)) {
            throw unknown(TakesIfMatch.HEADER, "This route does not support If-Match; send the request without it.");
        }
        if (request.getHeaders().contains(HttpHeaders.IF_NONE_MATCH)
                && request.getMethod() != HttpMethod.GET
                && request.getMethod() != HttpMethod.HEAD) {
            throw unknown(
                    HttpHeaders.IF_NONE_MATCH, "Only GET and HEAD support If-None-Match; send the request without it.");
        }
    }

    /** The server has already decoded gzip, deflate and snappy, and removed the header. */
    private static void refuseUnknownCoding(HttpRequest<?> request) {
        var coding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            throw ErrorCode.UNSUPPORTED_MEDIA_TYPE.at(
                    HttpHeaders.CONTENT_ENCODING,
                    "The body must be uncompressed, or compressed once with gzip or deflate; %s is not supported."
                            .formatted(SafeQuote.of(coding)));
        }
    }

    private static RuntimeException unknown(String header, String detail) {
        return ErrorCode.UNKNOWN_PARAMETER.at(header, detail);
    }
}
