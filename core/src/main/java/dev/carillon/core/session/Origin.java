package dev.carillon.core.session;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from.
 *
 * @param userAgent what the browser calls itself, cut to 500 characters; null where it says nothing
 */
public record Origin(@Nullable String userAgent, InetAddress address) {
    private static final int LONGEST_USER_AGENT = 500;

    public Origin {
        userAgent = userAgent == null || userAgent.isBlank() ? null : shown(userAgent);
    }

    /** Headers may hold what a page or a terminal should not be given. */
    private static String shown(String userAgent) {
        var clean = userAgent.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.substring(0, Math.min(clean.length(), LONGEST_USER_AGENT));
    }
}
