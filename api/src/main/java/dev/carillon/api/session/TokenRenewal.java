package dev.carillon.api.session;

import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Replaces the old token of a session, with the next reply. */
@ServerFilter("/v1/**")
final class TokenRenewal {
    private static final String ATTRIBUTE = TokenRenewal.class.getName();

    private final SessionCookies cookies;

    TokenRenewal(SessionCookies cookies) {
        this.cookies = cookies;
    }

    static void wanted(HttpRequest<?> request, SignedIn signedIn) {
        request.setAttribute(ATTRIBUTE, signedIn);
    }

    /** Cancels the renewal, for a session that ends with this request. */
    static void unwanted(HttpRequest<?> request) {
        request.removeAttribute(ATTRIBUTE, SignedIn.class);
    }

    @ResponseFilter
    void renew(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(ATTRIBUTE, SignedIn.class).ifPresent(signedIn -> response.cookie(cookies.of(signedIn)));
    }
}
