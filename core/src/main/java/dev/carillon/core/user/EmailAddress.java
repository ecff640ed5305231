package dev.carillon.core.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in lower-case ASCII, so that each address has one spelling and no two look the same.
 * {@code toString} hides it, because it does not belong in logs.
 */
public record EmailAddress(String text) {
    public static final int LONGEST = 254;
    private static final int BEYOND_ASCII = 0x80;
    private static final Pattern FORM = Pattern.compile(
            "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    public EmailAddress {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("not a lower-case e-mail address");
        }
    }

    /** Parses an address; empty if it is not one. */
    public static Optional<EmailAddress> read(String written) {
        var plain = written.strip();
        // Some letters beyond ASCII have an ASCII letter as their lower case: the addresses of two people would become
        // one.
        if (!plain.chars().allMatch(character -> character < BEYOND_ASCII)) {
            return Optional.empty();
        }
        var text = plain.toLowerCase(Locale.ROOT);
        return isAddress(text) ? Optional.of(new EmailAddress(text)) : Optional.empty();
    }

    /** Hash under which the address is counted where it must not be readable. */
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
