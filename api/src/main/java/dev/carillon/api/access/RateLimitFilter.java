package dev.carillon.api.access;

import dev.carillon.api.http.RequestContext;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.limit.CallerLimits;
import dev.carillon.core.limit.Limiter;
import dev.carillon.core.limit.PlanRateCache;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Counts every request against its rate limits before reading its body. Requests that lack a scope, and repetitions with an idempotency
 * key, count like any other. A request that is refused here was not processed, so its idempotency key stays unused.
 */
@ServerFilter("/v1/**")
@Order(RateLimitFilter.AFTER_AUTHENTICATION)
public final class RateLimitFilter {
    static final int AFTER_AUTHENTICATION = ApiKeyFilter.EARLY + 1;

    private final Limiter limiter;
    private final PlanRateCache plans;
    private final AddressLimits addresses;

    RateLimitFilter(Limiter limiter, PlanRateCache plans, AddressLimits addresses) {
        this.limiter = limiter;
        this.plans = plans;
        this.addresses = addresses;
    }

    // Waits for Redis on the virtual thread to which the previous filter moved the request.
    @RequestFilter
    void count(HttpRequest<?> request) {
        RouteAccess.routeOf(request).ifPresent(route -> RequestContext.of(request)
                .actor()
                .ifPresentOrElse(caller -> count(request, route, caller), () -> addresses.countNobody(request)));
    }

    private void count(HttpRequest<?> request, String route, Actor caller) {
        var limits = limitsOf(request, caller).of(RouteOperation.of(route));
        RateLimitDecisions.settle(request, limiter.take(nameOf(caller.caller()), limits));
    }

    /** All sessions of a member share one count. */
    private static String nameOf(Caller caller) {
        return switch (caller) {
            case Caller.ByKey(var key) -> key.toString();
            case Caller.ByMember by -> by.member().toString();
        };
    }

    /** The caller's limits. */
    public CallerLimits limitsOf(HttpRequest<?> request, Actor caller) {
        return RequestContext.of(request)
                .limits()
                .orElseGet(() -> new CallerLimits(plans.of(caller.workspace()), null));
    }
}
