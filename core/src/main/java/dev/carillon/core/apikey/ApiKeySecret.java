package dev.carillon.core.apikey;

import dev.carillon.core.kernel.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret that a caller sends: shown once, stored only as a hash. {@code toString} shows only its first characters.
 */
public record ApiKeySecret(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;

    static ApiKeySecret random(Mode mode) {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        var prefix = mode.livemode() ? "crl_live_" : "crl_test_";
        return new ApiKeySecret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String lastFour() {
        return value.substring(Math.max(0, value.length() - 4));
    }

    @Override
    public String toString() {
        return value.substring(0, Math.min(9, value.length())) + "...";
    }
}
