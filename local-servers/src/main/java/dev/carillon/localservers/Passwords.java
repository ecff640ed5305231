package dev.carillon.localservers;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords of the embedded servers. */
final class Passwords {
    private static final int RANDOM_BYTES = 32;

    private Passwords() {}

    /** 256 random bits as letters, digits, {@code -} and {@code _}, which no configuration file has to quote. */
    static String generate() {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
