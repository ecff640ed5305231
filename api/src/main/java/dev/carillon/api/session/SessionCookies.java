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
 * The cookie of a session. It is marked Secure always: browsers send such a cookie to this machine's own loopback addresses over http too, and
 * to nobody else without TLS.
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

    /** What to set for somebody who has just signed in, or whose token is old. */
    public Cookie of(SignedIn signedIn) {
        return secret(NAME, tokens.issue(signedIn), config.absolute());
    }

    /** What to set for somebody who has signed out. */
    public Cookie none() {
        return secret(NAME, "", Duration.ZERO);
    }

    /**
     * A cookie that no script reads, that no other site's forms send, that no line without TLS carries, and that no other host can set in its
     * place.
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

    /** The same, which other sites' forms do send: for what was begun here, and is ended by a form of somebody else's. */
    public static Cookie sentByForms(String name, String value, Duration lasting) {
        return secret(name, value, lasting).sameSite(SameSite.None);
    }

    /** What came as a session's cookie; empty where none did. */
    public static Optional<String> tokenOf(HttpRequest<?> request) {
        return valueOf(request, NAME);
    }

    /** The session that a request's browser has, alive or not; empty where it has none of ours. */
    public Optional<SessionId> sessionOf(HttpRequest<?> request) {
        return tokenOf(request).flatMap(tokens::read).map(SessionTokens.Token::session);
    }

    /** The value of a cookie that is not empty. */
    public static Optional<String> valueOf(HttpRequest<?> request, String name) {
        return request.getCookies().findCookie(name).map(Cookie::getValue).filter(value -> !value.isBlank());
    }
}
