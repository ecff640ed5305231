package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.WebhookEndpointId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The private half of an ed25519 pair that signs deliveries to one endpoint in addition to its secret: {@code whsk_}
 * and the base64 of its 32 bytes. It is stored sealed and never shown; {@code toString} does not reveal it.
 */
public record SigningKey(String value) {
    private static final String ALGORITHM = "Ed25519";
    private static final String PREFIX = "whsk_";
    private static final String PUBLIC_PREFIX = "whpk_";
    private static final int KEY_BYTES = 32;

    /**
     * A new pair.
     *
     * @param publicKey {@code whpk_} and the base64 of its 32 raw bytes, for receivers
     */
    record Pair(SigningKey key, String publicKey) {}

    static Pair random() {
        try {
            var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new Pair(new SigningKey(PREFIX + base64(seed)), PUBLIC_PREFIX + base64(raw(pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is not available", e);
        }
    }

    /** The signature of a message: 64 bytes, the same for the same message. */
    public byte[] sign(byte[] message) {
        try {
            var seed = Base64.getDecoder().decode(value.substring(PREFIX.length()));
            var key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not sign with an Ed25519 key", e);
        }
    }

    /** The purpose for which it is sealed, and the previous key too. */
    public static String purpose(WebhookEndpointId endpoint) {
        return endpoint + "/signing_key";
    }

    /** An X.509 encoding ends with the point itself (RFC 8410). */
    private static byte[] raw(PublicKey key) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
