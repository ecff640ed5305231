package dev.carillon.core.session;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a request.
 *
 * @param userAgent the browser's User-Agent, cut to 500 characters; null if it sent none
 */
public record Origin(@Nullable String userAgent, InetAddress address) {
    private static final int LONGEST_USER_AGENT = 500;

    public Origin {
        userAgent = userAgent == null || userAgent.isBlank() ? null : shown(userAgent);
    }

    /** Headers may contain characters that must not reach a page or a terminal. */
    private static String shown(String userAgent) {
        var clean = userAgent.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.substring(0, Math.min(clean.length(), LONGEST_USER_AGENT));
    }
}
