package dev.carillon.api.access;

import dev.carillon.api.http.RequestContext;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.limit.RateLimitDecision;
import io.micronaut.http.HttpRequest;

/** Keeps the rate-limit decision with a request, and ends a request that may not pass. */
final class RateLimitDecisions {
    private RateLimitDecisions() {}

    /**
     * Returns only if the request may pass.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code rate_limited}
     */
    static void settle(HttpRequest<?> request, RateLimitDecision decision) {
        RequestContext.of(request).decision(decision);
        decision.refusedBy().ifPresent(standing -> {
            throw ErrorCode.RATE_LIMITED.retryable(
                    "The limit \"%s\" of %s is used up; send the next request in %d seconds."
                            .formatted(standing.limit().name(), standing.limit().rate(), standing.moreInSeconds()),
                    standing.moreIn());
        });
    }
}
