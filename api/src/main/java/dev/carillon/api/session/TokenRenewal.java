package dev.carillon.api.session;

import dev.carillon.api.http.RequestContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Replaces the old token of a session, with the next reply. */
@ServerFilter("/v1/**")
final class TokenRenewal {
    private final SessionCookies cookies;

    TokenRenewal(SessionCookies cookies) {
        this.cookies = cookies;
    }

    @ResponseFilter
    void renew(HttpRequest<?> request, MutableHttpResponse<?> response) {
        RequestContext.of(request).renewedSession().ifPresent(session -> response.cookie(cookies.of(session)));
    }
}
