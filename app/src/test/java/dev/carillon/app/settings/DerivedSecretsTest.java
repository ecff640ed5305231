package dev.carillon.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DerivedSecretsTest {
    private final DerivedSecrets secrets = new DerivedSecrets("a master key");

    /** Written out from RFC 5869: a change to the derivation would lock every process out of its database. */
    @Test
    void aPasswordIsTheFirstBlockOfHkdfOverTheMasterKey() throws Exception {
        var pseudorandomKey = hmac(bytes("carillon derived secrets 1"), bytes("a master key"));
        var expected = hmac(pseudorandomKey, bytes("database role carillon_app\u0001"));

        assertThat(secrets.password("carillon_app"))
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(expected));
    }

    @Test
    void eachPurposeHasASecretOfItsOwn() {
        assertThat(secrets.password("carillon_app"))
                .isNotEqualTo(secrets.password("carillon_dispatch"))
                .isNotEqualTo(secrets.sandboxSecret());
    }

    @Test
    void anotherMasterKeyGivesOtherSecrets() {
        assertThat(new DerivedSecrets("another one").sandboxSecret()).isNotEqualTo(secrets.sandboxSecret());
    }

    @Test
    void aLineBreakAtTheEndOfTheMasterKeyMakesNoDifference() {
        assertThat(new DerivedSecrets("a master key\n").sandboxSecret()).isEqualTo(secrets.sandboxSecret());
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
