package dev.carillon.app.settings;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Secrets that every process of an installation can work out for itself from the master key, so that the operator keeps one secret
 * and not five. HKDF-SHA256 makes them independent: none tells anything about another or about the master key.
 */
public final class DerivedSecrets {
    private static final byte[] SALT = "carillon derived secrets 1".getBytes(StandardCharsets.UTF_8);
    private static final int BYTES = 32;

    private final byte[] masterKey;

    public DerivedSecrets(String masterKey) {
        this.masterKey = masterKey.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** The password of a role of the database. */
    public String password(String role) {
        return derive("database role " + role);
    }

    /** What the sandbox platform asks of its callers. */
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
