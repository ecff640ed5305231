package dev.carillon.api.session;

import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.session.SessionConfig;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie of a session. It is always marked Secure: browsers send such a cookie to this machine's own loopback addresses over plain HTTP
 * too, and to other hosts only over TLS.
 */
@Singleton
public final class SessionCookies {
    static final String NAME = "__Host-carillon_session";

    private final SessionTokens tokens;
    private final SessionConfig config;

    SessionCookies(SessionTokens tokens, SessionConfig config) {
        this.tokens = tokens;
        this.config = config;
    }

    /** The cookie to set after sign-in, or when the token is old. */
    public Cookie of(SignedIn signedIn) {
        return secret(NAME, tokens.issue(signedIn), config.absolute());
    }

    /** The cookie to set after signing out. */
    public Cookie none() {
        return secret(NAME, "", Duration.ZERO);
    }

    /**
     * A cookie that scripts cannot read, that forms of other sites do not send, that travels only over TLS, and that no other host can set.
     *
     * @param name begins with {@code __Host-}
     */
    public static Cookie secret(String name, String value, Duration lasting) {
        return Cookie.of(name, value)
                .httpOnly(true)
                .secure(true)
                .sameSite(SameSite.Lax)
                .path("/")
                .maxAge(lasting);
    }

    /** The same, but sent with forms of other sites: for a flow that starts here and ends with a form of another site. */
    public static Cookie sentByForms(String name, String value, Duration lasting) {
        return secret(name, value, lasting).sameSite(SameSite.None);
    }

    /** The value of the session's cookie; empty if none was sent. */
    public static Optional<String> tokenOf(HttpRequest<?> request) {
        return valueOf(request, NAME);
    }

    /** The session that the request's browser has, active or not; empty if it has none of ours. */
    public Optional<SessionId> sessionOf(HttpRequest<?> request) {
        return tokenOf(request).flatMap(tokens::read).map(SessionTokens.Token::session);
    }

    /** The value of a cookie; empty if the cookie is missing or empty. */
    public static Optional<String> valueOf(HttpRequest<?> request, String name) {
        return request.getCookies().findCookie(name).map(Cookie::getValue).filter(value -> !value.isBlank());
    }
}
