package dev.carillon.core.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in small letters and ASCII, so that one address is one text and no two look the same. {@code toString} hides it, because
 * logs are no place for it.
 */
public record EmailAddress(String text) {
    public static final int LONGEST = 254;
    private static final int BEYOND_ASCII = 0x80;
    private static final Pattern FORM = Pattern.compile(
            "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    public EmailAddress {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("not an e-mail address in small letters");
        }
    }

    /** The address that somebody wrote, or empty where it is none. */
    public static Optional<EmailAddress> read(String written) {
        var plain = written.strip();
        // There are letters beyond ASCII whose small form is an ASCII letter: two people's addresses would be one.
        if (!plain.chars().allMatch(character -> character < BEYOND_ASCII)) {
            return Optional.empty();
        }
        var text = plain.toLowerCase(Locale.ROOT);
        return isAddress(text) ? Optional.of(new EmailAddress(text)) : Optional.empty();
    }

    /** By which it is counted where the address itself is nobody's to read. */
    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAddress(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "EmailAddress[hidden]";
    }
}
