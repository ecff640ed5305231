package dev.carillon.core.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The installation's master key. It seals only workspaces' data keys and the installation keys. It comes from
 * {@code CARILLON_MASTER_KEY}: a Tink keyset as JSON, base64-encoded. A keyset may contain older keys, so that the
 * master key can be changed.
 */
@Singleton
public class MasterKey {
    /** The Tink primitives that may be used here: only those that the AEAD part registers. */
    static final Configuration CONFIGURATION = configuration();

    private static final byte[] CHECKED = "carillon".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CHECK = "master key check".getBytes(StandardCharsets.UTF_8);

    private final Aead aead;

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if the text is not a keyset; the message does not repeat it
     */
    public MasterKey(@Value("${carillon.master-key}") String encoded) {
        try {
            var json = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
            aead = TinkJsonProtoKeysetFormat.parseKeyset(json, CONFIGURATION, InsecureSecretKeyAccess.get())
                    .getPrimitive(CONFIGURATION, Aead.class);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "CARILLON_MASTER_KEY is not a valid master key; create one with './carillon keys master'", e);
        }
    }

    /** A new key, in the format of {@code CARILLON_MASTER_KEY}. */
    public static String generate() {
        try {
            var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIGURATION);
            var json = TinkJsonProtoKeysetFormat.serializeKeyset(handle, CONFIGURATION, InsecureSecretKeyAccess.get());
            return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A value that only this key can open, stored to be checked at later starts. */
    byte[] sealCheck() {
        try {
            return aead.encrypt(CHECKED, CHECK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether {@link #sealCheck()} of this key, or of an older key in its keyset, created the value. */
    boolean sealedCheck(byte[] value) {
        try {
            aead.decrypt(value, CHECK);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Configuration configuration() {
        try {
            AeadConfig.register();
            return RegistryConfiguration.get();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Aead aead() {
        return aead;
    }
}
