package dev.carillon.localservers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The only user of an embedded Redis. It can use data, scripts and messages. It cannot administer the server: no
 * commands that change its settings, load code, write files, connect it to other servers or stop it.
 *
 * @param password of this start; {@link #toString()} leaves it out
 */
record RedisLogin(String password) {
    private static final String USER = "carillon";
    /** What the user may do of the commands that Redis calls dangerous: report its version, and delete all data. */
    private static final String ALLOWED = "+@all -@admin -@dangerous +info +flushall";

    static RedisLogin generate() {
        return new RedisLogin(Passwords.generate());
    }

    RedisAddress at(String host, int port) {
        return new RedisAddress(host, port, USER, password);
    }

    /**
     * The lines of the configuration file. They contain a hash instead of the password, and no connection can do
     * anything before it logs in.
     */
    String settings() {
        return """
                user default off
                user %s on #%s ~* &* %s
                """.formatted(USER, sha256(password), ALLOWED);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return USER;
    }
}
