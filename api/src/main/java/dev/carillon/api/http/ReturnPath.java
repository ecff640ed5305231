package dev.carillon.api.http;

import dev.carillon.core.kernel.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser is to go once somebody has signed in: a path of our own origin. Anything that a browser could take for another origin is
 * refused, or a link to us would be a link to anywhere.
 */
public final class ReturnPath {
    private static final int LONGEST = 1000;
    // One slash, and none that a browser would read as a second; printable ASCII, without what browsers turn into
    // slashes or drop.
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\<>\"'`{}|^]]*");

    private ReturnPath() {}

    /**
     * The path as it was sent; null where none was.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code invalid_parameter} for what is no path of our own
     */
    public static @Nullable String read(String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.length() > LONGEST || !PATH.matcher(value).matches() || !isUri(value)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    parameter,
                    "%s is a path of this server, percent-encoded, with one slash in front and at most %d characters, such as /inbox?tab=1."
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
