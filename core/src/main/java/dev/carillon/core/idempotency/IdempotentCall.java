package dev.carillon.core.idempotency;

import dev.carillon.core.kernel.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A request with an idempotency key.
 *
 * @param route method and path template; a key is only valid within its route
 * @param fingerprint SHA-256 of method, path and body, in hexadecimal
 */
public record IdempotentCall(String route, String key, String fingerprint) {
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,255}");

    /** @throws dev.carillon.core.kernel.ApiException {@code idempotency_key_invalid} */
    public IdempotentCall {
        if (!PRINTABLE.matcher(key).matches()) {
            throw ErrorCode.IDEMPOTENCY_KEY_INVALID.at(
                    "Idempotency-Key", "An idempotency key must have 1 to 255 printable ASCII characters.");
        }
    }

    public static IdempotentCall of(String route, String key, String path, byte[] body) {
        return new IdempotentCall(route, key, HexFormat.of().formatHex(digest(route + "\n" + path + "\n", body)));
    }

    private static byte[] digest(String head, byte[] body) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(head.getBytes(StandardCharsets.UTF_8));
            return sha.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
