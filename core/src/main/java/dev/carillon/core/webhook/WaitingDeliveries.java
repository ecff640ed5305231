package dev.carillon.core.webhook;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import jakarta.inject.Singleton;
import java.util.Map;

/** What waits to be sent, in all workspaces together. */
@Singleton
public class WaitingDeliveries {
    private final Transactions transactions;
    private final WaitingQueries queries;
    private final Clocks clocks;

    WaitingDeliveries(Transactions transactions, WaitingQueries queries, Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.clocks = clocks;
    }

    /**
     * What waits in one mode.
     *
     * @param overdue deliveries whose time has come and of which no try has begun
     * @param failing enabled endpoints whose last tries failed
     * @param probing those of them that get one delivery at a time
     * @param disabled endpoints that get nothing
     */
    public record Waiting(long overdue, long failing, long probing, long disabled) {}

    /** For each mode. */
    public Map<Mode, Waiting> everywhere() {
        return transactions.acrossWorkspaces(() -> queries.everywhere(clocks.now()));
    }
}
