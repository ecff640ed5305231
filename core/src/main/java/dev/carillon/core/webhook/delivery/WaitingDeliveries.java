package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import jakarta.inject.Singleton;
import java.util.Map;

/** The deliveries that wait to be sent, across all workspaces. */
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
     * @param overdue deliveries that are due and whose attempt has not started
     * @param failing enabled endpoints whose last attempts failed
     * @param probing those of them that receive one delivery at a time
     * @param disabled disabled endpoints
     */
    public record Waiting(long overdue, long failing, long probing, long disabled) {}

    /** For each mode. */
    public Map<Mode, Waiting> everywhere() {
        return transactions.acrossWorkspaces(() -> queries.everywhere(clocks.now()));
    }
}
