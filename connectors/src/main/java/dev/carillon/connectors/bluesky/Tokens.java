package dev.carillon.connectors.bluesky;

import dev.carillon.core.platform.Credentials;
import java.util.Map;

/**
 * The tokens of a session; the app password that opened it is never stored.
 *
 * @param access sent with each call; valid for about two hours
 * @param refresh exchanged for the next pair; valid for 90 days
 */
record Tokens(String access, String refresh) {
    private static final String ACCESS = "access_jwt";
    private static final String REFRESH = "refresh_jwt";

    static Tokens of(Credentials credentials) {
        return new Tokens(credentials.get(ACCESS), credentials.get(REFRESH));
    }

    Credentials toCredentials() {
        return new Credentials(Map.of(ACCESS, access, REFRESH, refresh));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Tokens";
    }
}
