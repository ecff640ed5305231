package dev.carillon.api.apikey;

import dev.carillon.api.apikey.RouteAccess.OneOf;
import dev.carillon.api.http.Callers;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Turns keys away that lack the route's scope, before anything that they sent is read. */
@ServerFilter("/v1/**")
@Order(ScopeFilter.AFTER_AUTHENTICATION)
final class ScopeFilter {
    static final int AFTER_AUTHENTICATION = ApiKeyFilter.EARLY + 1;

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (RouteAccess.of(request).orElse(null) instanceof OneOf(var scopes, var also) && scopes.size() == 1) {
            Callers.find(request)
                    .orElseThrow(() -> ErrorCode.AUTHENTICATION_REQUIRED.because("This route needs an API key."))
                    .require(scopes.getFirst());
        }
    }
}
