package dev.carillon.api.http;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every request an id, writes one log line about it and measures it: route and numbers, never a body, a query or a key's secret. */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestLog {
    static final String REQUEST_ID = "Request-Id";
    private static final Logger LOG = LoggerFactory.getLogger("carillon.access");

    private final RequestMetrics metrics;

    RequestLog(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    @RequestFilter
    void begin(HttpRequest<?> request) {
        RequestContext.of(request).trace();
    }

    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var trace = RequestContext.of(request).trace();
        response.header(REQUEST_ID, trace.id().toString());
        // Replies belong to one key, and some hold a secret; the few public ones set their own header.
        if (!response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        var route = BasicHttpAttributes.getUriTemplate(request).orElse("none");
        var took = trace.elapsed();
        metrics.answered(request.getMethodName(), route, response.code(), took);
        LOG.atInfo()
                .addKeyValue("method", request.getMethodName())
                .addKeyValue("route", route)
                .addKeyValue("status", response.code())
                .addKeyValue("ms", took.toMillis())
                .addKeyValue(
                        "caller",
                        RequestContext.of(request)
                                .actor()
                                .map(Actor::caller)
                                .map(RequestLog::id)
                                .orElse("none"))
                .addKeyValue("request", trace.id())
                .log("request");
    }

    private static String id(Caller caller) {
        return switch (caller) {
            case Caller.ByKey(var key) -> key.toString();
            case Caller.ByMember by -> by.member().toString();
        };
    }
}
