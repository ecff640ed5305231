package dev.carillon.core.sealing;

import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;

/** Refuses a start with a master key that did not seal what this database holds. */
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
        queries.rememberMasterKey(master.sealCheck());
        if (!master.sealedCheck(queries.masterKeyCheck())) {
            throw new IllegalStateException(
                    "CARILLON_MASTER_KEY is not the key that sealed this database; start with the one it was first started with");
        }
        return true;
    }
}
