package dev.carillon.core.sealing;

import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals secrets for the database. A secret sealed for one workspace and purpose cannot be opened for any other, so a
 * row copied elsewhere is useless.
 */
@Singleton
public class Sealer {
    private final WorkspaceKeys keys;

    public Sealer(WorkspaceKeys keys) {
        this.keys = keys;
    }

    /**
     * Seals a text.
     *
     * @param purpose identifies the secret, for example an account's id; the same value must be given to open it
     */
    public byte[] seal(WorkspaceId workspace, String purpose, String secret) {
        var key = keys.of(workspace);
        return CipherThreads.on(() -> {
            try {
                return key.encrypt(secret.getBytes(StandardCharsets.UTF_8), context(workspace, purpose));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("could not seal the secret for " + purpose, e);
            }
        });
    }

    public String open(WorkspaceId workspace, String purpose, byte[] sealed) {
        var key = keys.of(workspace);
        return CipherThreads.on(() -> {
            try {
                return new String(key.decrypt(sealed, context(workspace, purpose)), StandardCharsets.UTF_8);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the secret that was sealed for " + purpose + " cannot be opened", e);
            }
        });
    }

    private static byte[] context(WorkspaceId workspace, String purpose) {
        return (workspace + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }
}
