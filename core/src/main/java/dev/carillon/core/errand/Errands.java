package dev.carillon.core.errand;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ErrandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes errands, gives them to workers, and keeps how they end. A worker that dies leaves its errand to the next one. */
@Singleton
public class Errands {
    /** How long one that has ended is kept, for whoever looks at the table. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Transactions transactions;
    private final ErrandQueries queries;
    private final ErrandConfig config;
    private final Signals signals;

    Errands(Transactions transactions, ErrandQueries queries, ErrandConfig config, Signals signals) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.signals = signals;
    }

    /** Wants it done. While the same is open already this is that one, and it is tried now. Joins the open transaction. */
    public ErrandId request(Tenant tenant, PublicationId publication, ErrandKind kind) {
        return queries.request(tenant, publication, kind);
    }

    /**
     * Takes what is due.
     *
     * @param lease how long, in database time, nobody else takes it
     * @param busyHosts where this process has enough to do
     */
    public List<ClaimedErrand> claim(int limit, Duration lease, Collection<String> busyHosts) {
        return transactions.acrossWorkspaces(() -> queries.claim(limit, lease, busyHosts));
    }

    /** Lets it be tried again soon; that does not use up a retry. */
    public void putOff(Errand errand, Duration wait) {
        transactions.acrossWorkspaces(() -> queries.putOff(errand, wait, null));
    }

    /**
     * Whether a failure is to be tried again, and if so, when by the schedule; joins the open transaction.
     *
     * @return false when the retries are used up, and nothing was written
     */
    public boolean tryAgain(Errand errand, Failure failure) {
        if (errand.tries() > config.retries().size()) {
            return false;
        }
        queries.putOff(errand, config.retries().get(errand.tries() - 1), failure);
        return true;
    }

    /**
     * It is done, or is given up.
     *
     * @param failure why it was given up; null when it is done
     * @return false when somebody else has taken it meanwhile
     */
    public boolean end(Errand errand, @Nullable Failure failure) {
        return transactions.acrossWorkspaces(() -> {
            transactions.afterCommit(() -> signals.send(Signal.ERRANDS_ENDED));
            return queries.end(errand, failure);
        });
    }

    /** Deletes those that ended long ago. */
    public int forgetOld() {
        return transactions.acrossWorkspaces(() -> queries.forgetEndedBefore(KEPT));
    }
}
