package dev.carillon.api.oidc;

import dev.carillon.api.session.SessionCookies;
import dev.carillon.core.oidc.AnswerMode;
import dev.carillon.core.oidc.OidcProvider;
import dev.carillon.core.oidc.OidcSignIn;
import dev.carillon.core.sealing.SecretToken;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.time.Duration;
import java.util.Optional;

/**
 * Binds a sign-in to the browser that started it. The prefix {@code __Host-} prevents other hosts, and connections without TLS, from
 * setting the cookie. The browser sends it when a link of the provider leads back here; a SameSite=Strict cookie would not be sent then. A
 * provider whose page posts a form needs a cookie that is sent with such forms. That cookie has its own name, so that sign-ins in progress
 * at other providers keep the stricter one.
 */
final class BrowserCookie {
    private static final String NAME = "__Host-carillon_oidc";
    private static final String NAME_FOR_FORMS = "__Host-carillon_oidc_form";

    private BrowserCookie() {}

    static Optional<SecretToken> find(HttpRequest<?> request, OidcProvider provider) {
        return SessionCookies.valueOf(request, isPosted(provider) ? NAME_FOR_FORMS : NAME)
                .flatMap(SecretToken::read);
    }

    static Cookie of(SecretToken secret, OidcProvider provider) {
        return of(secret.text(), OidcSignIn.LIFETIME, provider);
    }

    static Cookie gone(OidcProvider provider) {
        return of("", Duration.ZERO, provider);
    }

    private static Cookie of(String value, Duration lasting, OidcProvider provider) {
        return isPosted(provider)
                ? SessionCookies.sentByForms(NAME_FOR_FORMS, value, lasting)
                : SessionCookies.secret(NAME, value, lasting);
    }

    private static boolean isPosted(OidcProvider provider) {
        return provider.answers() == AnswerMode.FORM_POST;
    }
}
