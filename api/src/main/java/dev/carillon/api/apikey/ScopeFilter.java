package dev.carillon.api.apikey;

import dev.carillon.api.apikey.RouteAccess.OneOf;
import dev.carillon.api.http.Callers;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Collections;

/**
 * Turns keys away that lack the route's scope, or each of several, before anything that they sent is read. Which of several a request needs is
 * for the use case to say.
 */
@ServerFilter("/v1/**")
@Order(ScopeFilter.AFTER_LIMITS)
final class ScopeFilter {
    static final int AFTER_LIMITS = RateLimitFilter.AFTER_AUTHENTICATION + 1;

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (RouteAccess.of(request).orElse(null) instanceof OneOf(var scopes, var also)) {
            var caller = Callers.find(request)
                    .orElseThrow(() -> ErrorCode.AUTHENTICATION_REQUIRED.because("This route needs an API key."));
            if (Collections.disjoint(caller.scopes(), scopes)) {
                caller.require(scopes.getFirst());
            }
        }
    }
}
