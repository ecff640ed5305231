package dev.carillon.api.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Distinguishes two states of a representation (RFC 9110, 8.8.3): a hash of its JSON before any compression. It changes with everything
 * that the caller is shown, and with nothing else. The gzip form has the same tag with a suffix, because its bytes differ.
 */
public final class EntityTag {
    private static final int BYTES = 16;
    private static final String GZIP_SUFFIX = "-gzip";
    private static final Pattern ONE = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e]{0,200})\"\\s*");

    private EntityTag() {}

    /** The strong tag of these bytes, with its quotation marks. */
    public static String of(byte[] representation) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(representation);
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tag of a JSON text. */
    public static String of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The tag of the compressed form of the representation with this tag. */
    public static String compressed(String tag) {
        return tag.substring(0, tag.length() - 1) + GZIP_SUFFIX + "\"";
    }

    /**
     * A tag as a caller sent it.
     *
     * @param weak whether it is marked as weak, which does not promise that the bytes are the same
     * @param opaque the text between its quotation marks, without the suffix for compression
     */
    public record Sent(boolean weak, String opaque) {
        boolean names(String tag) {
            return tag.equals("\"" + opaque + "\"");
        }
    }

    /** The comma-separated tags in the values of a header; empty if the values are no tags. */
    public static Optional<List<Sent>> read(List<String> values) {
        var tags = new ArrayList<Sent>();
        for (var value : values) {
            var rest = value;
            while (true) {
                var tag = ONE.matcher(rest);
                if (!tag.lookingAt()) {
                    return Optional.empty();
                }
                var opaque = tag.group(2);
                tags.add(new Sent(
                        tag.group(1) != null,
                        opaque.endsWith(GZIP_SUFFIX)
                                ? opaque.substring(0, opaque.length() - GZIP_SUFFIX.length())
                                : opaque));
                rest = rest.substring(tag.end());
                if (rest.isEmpty()) {
                    break;
                }
                if (!rest.startsWith(",")) {
                    return Optional.empty();
                }
                rest = rest.substring(1);
            }
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
    }

    /** Whether the values of {@code If-None-Match} name this tag or {@code *}. Malformed values name no tag. */
    public static boolean isNamedIn(List<String> ifNoneMatch, String tag) {
        return ifNoneMatch.stream().anyMatch(value -> value.strip().equals("*"))
                || read(ifNoneMatch).orElse(List.of()).stream().anyMatch(sent -> sent.names(tag));
    }
}
