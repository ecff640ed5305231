package dev.carillon.core.sealing;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;

@Singleton
class SealingQueries {
    private static final String ADD_KEY = "INSERT INTO workspace_key (workspace_id, sealed_keyset) VALUES (?, ?)";
    private static final String KEY = "SELECT sealed_keyset FROM workspace_key WHERE workspace_id = ?";
    private static final String REMEMBER =
            "INSERT INTO installation (master_key_check) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String REMEMBERED = "SELECT master_key_check FROM installation";

    private static final String ADD_INSTALLATION_KEY =
            "INSERT INTO installation_key (purpose, sealed_key) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String INSTALLATION_KEY = "SELECT sealed_key FROM installation_key WHERE purpose = ?";

    private final Sql sql;

    SealingQueries(Sql sql) {
        this.sql = sql;
    }

    void addKey(WorkspaceId workspace, byte[] keyset) {
        sql.of(ADD_KEY, workspace, keyset).update();
    }

    byte[] key(WorkspaceId workspace) {
        return sql.of(KEY, workspace).one(row -> row.bytes("sealed_keyset"));
    }

    /** Stores a key for the installation, unless there already is one for the purpose. */
    void addInstallationKey(String purpose, byte[] sealed) {
        sql.of(ADD_INSTALLATION_KEY, purpose, sealed).update();
    }

    byte[] installationKey(String purpose) {
        return sql.of(INSTALLATION_KEY, purpose).one(row -> row.bytes("sealed_key"));
    }

    /** Stores the check value at the first start; later calls change nothing. */
    void rememberMasterKey(byte[] check) {
        sql.of(REMEMBER, (Object) check).update();
    }

    byte[] masterKeyCheck() {
        return sql.of(REMEMBERED).one(row -> row.bytes("master_key_check"));
    }
}
