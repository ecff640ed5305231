package dev.carillon.api.oidc;

import dev.carillon.api.session.SessionCookies;
import dev.carillon.core.oidc.OidcSignIn;
import dev.carillon.core.sealing.SecretToken;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.time.Duration;
import java.util.Optional;

/**
 * Binds a sign-in to the browser that began it. A name with {@code __Host-} cannot be set by a neighbouring host, nor without TLS. It is sent
 * when the browser comes back by a link of the provider's, which a strict cookie would not be.
 */
final class BrowserCookie {
    static final String NAME = "__Host-carillon_oidc";

    private BrowserCookie() {}

    static Optional<SecretToken> find(HttpRequest<?> request) {
        return SessionCookies.valueOf(request, NAME).flatMap(SecretToken::read);
    }

    static Cookie of(SecretToken secret) {
        return SessionCookies.secret(NAME, secret.text(), OidcSignIn.LIFETIME);
    }

    static Cookie gone() {
        return SessionCookies.secret(NAME, "", Duration.ZERO);
    }
}
