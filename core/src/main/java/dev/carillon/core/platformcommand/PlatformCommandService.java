package dev.carillon.core.platformcommand;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.signal.KeyedNotifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepts platform commands, hands them to workers and records how they end. If a worker dies, another one takes over
 * its command.
 */
@Singleton
public class PlatformCommandService {
    /** How long a command that has ended is kept, for operators who look at the table. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Transactions transactions;
    private final PlatformCommandQueries queries;
    private final PlatformCommandConfig config;
    private final KeyedNotifier notifier;

    PlatformCommandService(
            Transactions transactions,
            PlatformCommandQueries queries,
            PlatformCommandConfig config,
            KeyedNotifier notifier) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.notifier = notifier;
    }

    /**
     * Requests a command. If the same command is already open, returns that one, and it is attempted now. Joins the
     * open transaction.
     */
    public PlatformCommandId request(Tenant tenant, PublicationId publication, PlatformCommandKind kind) {
        return queries.request(tenant, publication, kind);
    }

    /**
     * Claims commands that are due.
     *
     * @param lease how long, in database time, no other process takes them
     * @param busyHosts hosts that this process already sends enough requests to
     */
    public List<ClaimedPlatformCommand> claim(int limit, Duration lease, Collection<String> busyHosts) {
        return transactions.acrossWorkspaces(() -> queries.claim(limit, lease, busyHosts));
    }

    /** Defers the command, without recording a failure. */
    public void defer(PlatformCommand command, Duration wait) {
        transactions.acrossWorkspaces(() -> queries.defer(command, wait, null));
    }

    /**
     * Schedules another attempt after a failure, if retries are left; joins the open transaction.
     *
     * @return false if the retries are used up, and then nothing was written
     */
    public boolean tryAgain(PlatformCommand command, Failure failure) {
        if (command.attempts() > config.retries().size()) {
            return false;
        }
        queries.defer(command, config.retries().get(command.attempts() - 1), failure);
        return true;
    }

    /**
     * Ends a command that is done or given up.
     *
     * @param failure why it was given up; null if it is done
     * @return false if another process has taken it in the meantime
     */
    public boolean end(PlatformCommand command, @Nullable Failure failure) {
        return transactions.acrossWorkspaces(() -> {
            transactions.afterCommit(() -> notifier.tell(command.id()));
            return queries.end(command, failure);
        });
    }

    /** Deletes commands that ended long ago. */
    public int forgetOld() {
        return transactions.acrossWorkspaces(() -> queries.forgetEndedBefore(KEPT));
    }
}
