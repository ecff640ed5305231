package dev.carillon.testkit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The session tokens of a server whose secret the test knows. */
record SessionTokens(String secret) {
    private static final long HOUR_SECONDS = 3600;
    private static final int SECRET_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    static SessionTokens withNewSecret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SessionTokens(HexFormat.of().formatHex(bytes));
    }

    String expired(String token) {
        try {
            var parts = token.split("\\.", -1);
            var claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            long issued = claims.path("iat").asLong();
            claims.put("iat", issued - 2 * HOUR_SECONDS);
            claims.put("exp", issued - HOUR_SECONDS);
            var signed = parts[0] + "." + encode(JSON.writeValueAsBytes(claims));
            return signed + "." + encode(sign(signed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
