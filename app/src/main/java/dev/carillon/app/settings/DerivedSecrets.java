package dev.carillon.app.settings;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Secrets that every process of an installation can derive from the master key, so that the operator keeps one secret
 * instead of five. HKDF-SHA256 makes them independent: none reveals anything about another or about the master key.
 */
public final class DerivedSecrets {
    private static final byte[] SALT = "carillon derived secrets 1".getBytes(StandardCharsets.UTF_8);
    private static final int BYTES = 32;

    private final byte[] masterKey;

    public DerivedSecrets(String masterKey) {
        this.masterKey = masterKey.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** The password of a database role. */
    public String password(String role) {
        return derive("database role " + role);
    }

    /** The secret that callers of the sandbox platform send. */
    public String sandboxSecret() {
        return derive("sandbox platform");
    }

    private String derive(String purpose) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(masterKey)
                    .addSalt(SALT)
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES);
            var secret = KDF.getInstance("HKDF-SHA256").deriveData(parameters);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
