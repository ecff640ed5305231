package dev.carillon.api.apikey;

import dev.carillon.api.http.Callers;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Caller;
import dev.carillon.core.limit.CallerLimits;
import dev.carillon.core.limit.Limiter;
import dev.carillon.core.limit.PlanRateService;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Counts requests before anything that they sent is read, whatever becomes of them: one that lacks a scope, and one that is repeated with its
 * idempotency key, count like any other. One that is refused here was never worked on, so that its idempotency key stays unused.
 */
@ServerFilter("/v1/**")
@Order(RateLimitFilter.AFTER_AUTHENTICATION)
final class RateLimitFilter {
    static final int AFTER_AUTHENTICATION = ApiKeyFilter.EARLY + 1;
    private static final String LIMITS = CallerLimits.class.getName();

    private final Limiter limiter;
    private final PlanRateService plans;
    private final AddressLimits addresses;

    RateLimitFilter(Limiter limiter, PlanRateService plans, AddressLimits addresses) {
        this.limiter = limiter;
        this.plans = plans;
        this.addresses = addresses;
    }

    /** Keeps with the request what its caller may send, where that came along with who it is. */
    static void note(HttpRequest<?> request, CallerLimits limits) {
        request.setAttribute(LIMITS, limits);
    }

    // It waits for Redis on the virtual thread that the filter before it has moved the request to.
    @RequestFilter
    void count(HttpRequest<?> request) {
        RouteAccess.routeOf(request).ifPresent(route -> Callers.find(request)
                .ifPresentOrElse(caller -> count(request, route, caller), () -> addresses.countNobody(request)));
    }

    private void count(HttpRequest<?> request, String route, Actor caller) {
        var limits = limitsOf(request, caller).of(RouteOperation.of(route));
        Verdicts.settle(request, limiter.take(nameOf(caller.caller()), limits));
    }

    /** A member has one count however many sessions they have. */
    private static String nameOf(Caller caller) {
        return switch (caller) {
            case Caller.ByKey(var key) -> key.toString();
            case Caller.ByMember by -> by.member().toString();
        };
    }

    /** What the caller may send. */
    CallerLimits limitsOf(HttpRequest<?> request, Actor caller) {
        return request.getAttribute(LIMITS, CallerLimits.class)
                .orElseGet(() -> new CallerLimits(plans.of(caller.workspace()), null));
    }
}
