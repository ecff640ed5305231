package dev.carillon.core.webhook.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    /** The bytes before the 32 bytes of an Ed25519 key in its X.509 encoding (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    // A receiver that has only the public key must be able to verify our signatures.
    @Test
    void whatItSignsIsProvenByItsPublicKeyAndByNoOther() throws Exception {
        var message = "msg_1.1700000000.{}".getBytes(StandardCharsets.UTF_8);
        var pair = SigningKey.random();

        var signature = pair.key().sign(message);

        assertThat(signature).hasSize(64);
        assertThat(proves(pair.publicKey(), message, signature)).isTrue();
        assertThat(proves(pair.publicKey(), "msg_1.1700000000.{ }".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(proves(SigningKey.random().publicKey(), message, signature)).isFalse();
    }

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void itSignsAsTheStandardSays() {
        var seed = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        var key = new SigningKey("whsk_" + Base64.getEncoder().encodeToString(seed));

        assertThat(HexFormat.of().formatHex(key.sign(new byte[] {0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void itShowsNothingOfItself() {
        var pair = SigningKey.random();

        assertThat(pair.toString()).doesNotContain(pair.key().value());
        assertThat(pair.key()).hasToString("whsk_...");
        assertThat(pair.publicKey()).matches("whpk_[A-Za-z0-9+/]{43}=");
    }

    private static boolean proves(String publicKey, byte[] message, byte[] signature) throws GeneralSecurityException {
        var encoded = new ByteArrayOutputStream();
        encoded.writeBytes(X509);
        encoded.writeBytes(Base64.getDecoder().decode(publicKey.substring("whpk_".length())));
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray())));
        verifier.update(message);
        return verifier.verify(signature);
    }
}
