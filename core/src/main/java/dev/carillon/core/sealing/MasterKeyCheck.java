package dev.carillon.core.sealing;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;

/** Refuses a start with a master key that did not seal what this database holds. */
@Singleton
public class MasterKeyCheck {
    private final MasterKey master;
    private final Transactions transactions;
    private final Sql sql;

    public MasterKeyCheck(MasterKey master, Transactions transactions, Sql sql) {
        this.master = master;
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * Compares, or remembers the key at the first start of an installation.
     *
     * @throws IllegalStateException when it is another key
     */
    public void run(boolean acrossWorkspaces) {
        if (acrossWorkspaces) {
            transactions.acrossWorkspaces(this::check);
        } else {
            transactions.withoutWorkspace(this::check);
        }
    }

    private boolean check() {
        sql.of("INSERT INTO installation (master_key_check) VALUES (?) ON CONFLICT DO NOTHING", master.sealCheck())
                .update();
        var stored = sql.of("SELECT master_key_check FROM installation").one(row -> row.bytes("master_key_check"));
        if (!master.sealedCheck(stored)) {
            throw new IllegalStateException(
                    "CARILLON_MASTER_KEY is not the key that sealed this database; start with the one it was first started with");
        }
        return true;
    }
}
