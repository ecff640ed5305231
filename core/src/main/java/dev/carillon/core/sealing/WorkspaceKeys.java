package dev.carillon.core.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** The data key of each workspace, stored sealed by the master key. */
@Singleton
public class WorkspaceKeys {
    private final MasterKey master;
    private final Transactions transactions;
    private final SealingQueries queries;
    private final Cache<WorkspaceId, Aead> opened = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    public WorkspaceKeys(MasterKey master, Transactions transactions, SealingQueries queries) {
        this.master = master;
        this.transactions = transactions;
        this.queries = queries;
    }

    /** Creates the key of a new workspace, in the transaction that creates the workspace. */
    public void create(WorkspaceId workspace) {
        queries.addKey(workspace, newKey(master, workspace));
    }

    /** A new key for a workspace, sealed by the master key. */
    public static byte[] newKey(MasterKey master, WorkspaceId workspace) {
        try {
            var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, MasterKey.CONFIGURATION);
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                    handle, master.aead(), context(workspace), MasterKey.CONFIGURATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not create a workspace key", e);
        }
    }

    Aead of(WorkspaceId workspace) {
        var known = opened.getIfPresent(workspace);
        if (known != null) {
            return known;
        }
        var aead = transactions.onBehalfOf(workspace, () -> open(workspace, queries.key(workspace)));
        opened.put(workspace, aead);
        return aead;
    }

    private Aead open(WorkspaceId workspace, byte[] sealed) {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(
                            sealed, master.aead(), context(workspace), MasterKey.CONFIGURATION)
                    .getPrimitive(MasterKey.CONFIGURATION, Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + workspace + " cannot be opened with this master key", e);
        }
    }

    private static byte[] context(WorkspaceId workspace) {
        return workspace.toString().getBytes(StandardCharsets.UTF_8);
    }
}
