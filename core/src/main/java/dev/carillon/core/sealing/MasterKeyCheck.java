package dev.carillon.core.sealing;

import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;

/** Refuses to start with a master key other than the one that sealed this database's contents. */
@Singleton
public class MasterKeyCheck {
    private final MasterKey master;
    private final Transactions transactions;
    private final SealingQueries queries;

    public MasterKeyCheck(MasterKey master, Transactions transactions, SealingQueries queries) {
        this.master = master;
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * Checks the key, or records it at the first start of an installation.
     *
     * @throws IllegalStateException if it is another key
     */
    public void run(boolean acrossWorkspaces) {
        if (acrossWorkspaces) {
            transactions.acrossWorkspaces(this::check);
        } else {
            transactions.withoutWorkspace(this::check);
        }
    }

    private boolean check() {
        queries.rememberMasterKey(master.sealCheck());
        if (!master.sealedCheck(queries.masterKeyCheck())) {
            throw new IllegalStateException(
                    "CARILLON_MASTER_KEY is not the key of this database; use the key that the database was first started with");
        }
        return true;
    }
}
