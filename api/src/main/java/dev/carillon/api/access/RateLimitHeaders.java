package dev.carillon.api.access;

import dev.carillon.api.http.RequestContext;
import dev.carillon.core.limit.RateLimitDecision;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Adds the state of the request's rate limits to every reply, as <a
 * href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for HTTP</a>: lists of structured
 * fields (RFC 9651), with each entry named after its limit. This filter runs before the filters that refuse requests, so that their replies
 * have the headers too.
 */
@ServerFilter("/v1/**")
@Order(ApiKeyFilter.EARLY - 1)
final class RateLimitHeaders {
    static final String POLICY = "RateLimit-Policy";
    static final String STANDING = "RateLimit";

    @ResponseFilter
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        RequestContext.of(request)
                .decision()
                .filter(decision -> !decision.standings().isEmpty())
                .ifPresent(decision -> {
                    response.header(POLICY, policy(decision));
                    response.header(STANDING, standing(decision));
                });
    }

    static String policy(RateLimitDecision decision) {
        var text = new StringBuilder();
        for (var standing : decision.standings()) {
            var rate = standing.limit().rate();
            entry(text, standing.limit().name())
                    .append(";q=")
                    .append(rate.requests())
                    .append(";w=")
                    .append(rate.per().toSeconds());
        }
        return text.toString();
    }

    static String standing(RateLimitDecision decision) {
        var text = new StringBuilder();
        for (var standing : decision.standings()) {
            entry(text, standing.limit().name())
                    .append(";r=")
                    .append(standing.remaining())
                    .append(";t=")
                    .append(standing.moreInSeconds());
        }
        return text.toString();
    }

    private static StringBuilder entry(StringBuilder text, String name) {
        return text.append(text.isEmpty() ? "" : ", ").append('"').append(name).append('"');
    }
}
