package dev.carillon.core.sealing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A secret of 32 random bytes that is given out and stored only as a hash. {@code toString} hides it. */
public record SecretToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public SecretToken {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a token must have 43 base64url characters");
        }
    }

    public static SecretToken random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SecretToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Parses a received token; empty if the text cannot be one. */
    public static Optional<SecretToken> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SecretToken(text)) : Optional.empty();
    }

    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "SecretToken[hidden]";
    }
}
