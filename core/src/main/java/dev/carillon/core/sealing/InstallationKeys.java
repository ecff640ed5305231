package dev.carillon.core.sealing;

import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that all processes of an installation share and that are never set by hand. The first process that needs one
 * generates it at random; it is stored sealed by the master key, so that it survives a change of the master key.
 */
@Singleton
public class InstallationKeys {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MasterKey master;
    private final Transactions transactions;
    private final SealingQueries queries;
    private final Map<String, byte[]> opened = new ConcurrentHashMap<>();

    InstallationKeys(MasterKey master, Transactions transactions, SealingQueries queries) {
        this.master = master;
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * The key for one purpose: 32 bytes, the same in every process and at every start.
     *
     * @throws IllegalStateException if it was sealed by another master key
     */
    public byte[] of(String purpose) {
        return opened.computeIfAbsent(purpose, this::findOrMake).clone();
    }

    private byte[] findOrMake(String purpose) {
        var fresh = new byte[BYTES];
        RANDOM.nextBytes(fresh);
        var context = ("installation key " + purpose).getBytes(StandardCharsets.UTF_8);
        try {
            var sealed = master.aead().encrypt(fresh, context);
            var kept = transactions.withoutWorkspace(() -> {
                queries.addInstallationKey(purpose, sealed);
                return queries.installationKey(purpose);
            });
            return master.aead().decrypt(kept, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the installation key for " + purpose + " cannot be opened with this master key", e);
        }
    }
}
