package dev.carillon.api.http;

import dev.carillon.core.kernel.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes after sign-in: a path of our own origin. Anything that a browser could read as another origin is refused; otherwise
 * our links could redirect anywhere.
 */
public final class ReturnPath {
    private static final int LONGEST = 1000;
    // One slash, and none that a browser would read as a second; printable ASCII, without characters that browsers
    // turn into slashes or drop.
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\<>\"'`{}|^]]*");

    private ReturnPath() {}

    /**
     * The path as sent; null if absent.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter} if it is not a path of our own
     */
    public static @Nullable String read(String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.length() > LONGEST || !PATH.matcher(value).matches() || !isUri(value)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    parameter,
                    "%s must be a path on this server, percent-encoded, with one leading slash and at most %d characters, such as /inbox?tab=1."
                            .formatted(parameter, LONGEST));
        }
        return value;
    }

    private static boolean isUri(String value) {
        try {
            return new URI(value).getHost() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
