package dev.carillon.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The one secret that opens the guarded routes. */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final byte[] secret;

    BearerToken(String secret) {
        this.secret = secret.getBytes(UTF_8);
    }

    /** Compares in constant time, so that the time of an answer does not reveal how much of a guess was right. */
    boolean opens(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        secret, authorization.substring(SCHEME.length()).getBytes(UTF_8));
    }
}
