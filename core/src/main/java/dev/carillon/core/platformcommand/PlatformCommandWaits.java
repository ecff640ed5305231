package dev.carillon.core.platformcommand;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.signal.KeyedNotifier;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Waits for the end of platform commands, in whichever process they run. The number of requests that wait at the same
 * time is limited.
 */
@Singleton
public class PlatformCommandWaits {
    private final Transactions transactions;
    private final PlatformCommandQueries queries;
    private final PlatformCommandConfig config;
    private final KeyedNotifier notifier;
    private final Semaphore seats;

    PlatformCommandWaits(
            Transactions transactions,
            PlatformCommandQueries queries,
            PlatformCommandConfig config,
            KeyedNotifier notifier) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.notifier = notifier;
        this.seats = new Semaphore(config.waiting());
    }

    /**
     * The command when it has ended, or in its state when {@link PlatformCommandConfig#maxWait()} has passed. If as many
     * requests are waiting as may wait, it returns at once. Never call this inside a transaction.
     */
    public PlatformCommand await(WorkspaceId workspace, PlatformCommandId id) {
        if (!seats.tryAcquire()) {
            return get(workspace, id);
        }
        try {
            return notifier.await(
                    id, () -> get(workspace, id), PlatformCommand::ended, config.maxWait(), whenGone -> {});
        } finally {
            seats.release();
        }
    }

    private PlatformCommand get(WorkspaceId workspace, PlatformCommandId id) {
        return transactions.inWorkspace(workspace, () -> queries.find(id).orElseThrow());
    }
}
