package dev.carillon.localservers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where an embedded Redis listens, and the login that it requires.
 *
 * @param user the only user that may log in
 * @param password of that user; {@link #toString()} leaves it out
 */
public record RedisAddress(String host, int port, String user, String password) {

    /** The address with its login as a {@code redis://} URI, which is as secret as the password. */
    public String uri() {
        return uri("%s:%d".formatted(host, port));
    }

    /** The URI, with the same login, of a proxy in front of the server. */
    public String uri(String hostAndPort) {
        return "redis://%s:%s@%s".formatted(encoded(user), encoded(password), hostAndPort);
    }

    private static String encoded(String text) {
        // The encoder is made for forms, where a space is a plus sign.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "%s@%s:%d".formatted(user, host, port);
    }
}
