package dev.carillon.core.pacing;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.FailureClass;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker: pauses a host that keeps failing. Each process counts the outcomes it sees. PostgreSQL holds
 * whether a host is paused and how many attempts may test it, for all processes. Only failures of the network or the
 * host count: not refused content, not rate limits, and no failure of our own.
 *
 * <p>A library's circuit breaker keeps its state in one process, so it does not know how many trials other processes
 * have made. Only its counting would be usable here.
 */
@Singleton
public class HostBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(HostBreaker.class);

    private final Transactions transactions;
    private final HostQueries queries;
    private final BreakerConfig config;
    private final Clocks clocks;
    private final Map<Place, HostCounts> counts = new ConcurrentHashMap<>();

    HostBreaker(Transactions transactions, HostQueries queries, BreakerConfig config, Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.clocks = clocks;
    }

    /** The accounts that are counted together: those of one host, and in test mode only those of one workspace. */
    private record Place(
            Platform platform,
            @Nullable String serviceUrl,
            @Nullable WorkspaceId simulatedFor) {
        static Place of(ConnectedAccount account) {
            return new Place(
                    account.platform(), account.serviceUrl(), account.mode() == Mode.TEST ? account.workspace() : null);
        }
    }

    /**
     * Counts the outcome of an attempt.
     *
     * @param trial whether it was let through to find out whether the host is up again
     */
    public void saw(ConnectedAccount account, PublishOutcome outcome, boolean trial) {
        boolean trouble = isTrouble(outcome);
        if (trial) {
            sawTrial(account, trouble);
        } else if (countsOf(account).isDownAfter(trouble, nowOf(account))) {
            open(account);
        }
    }

    private static boolean isTrouble(PublishOutcome outcome) {
        return switch (outcome) {
            case Unavailable unavailable -> isOfTheHost(unavailable.failure().failureClass());
            case Unconfirmed unconfirmed -> isOfTheHost(unconfirmed.failure().failureClass());
            case PublishOutcome.Published _, PublishOutcome.Processing _, PublishOutcome.Throttled _ -> false;
            case PublishOutcome.Rejected _, PublishOutcome.AccessLost _ -> false;
        };
    }

    private static boolean isOfTheHost(FailureClass failure) {
        return switch (failure) {
            case NETWORK, PLATFORM -> true;
            case MEDIA, OURS -> false;
        };
    }

    private Instant nowOf(ConnectedAccount account) {
        return clocks.now(account.workspace(), account.mode());
    }

    private HostCounts countsOf(ConnectedAccount account) {
        return counts.computeIfAbsent(Place.of(account), place -> new HostCounts(config.failures(), config.within()));
    }

    private void open(ConnectedAccount account) {
        var until = nowOf(account).plus(config.firstPause());
        if (transactions.acrossWorkspaces(() -> queries.open(account.id(), until))) {
            LOG.atWarn()
                    .addKeyValue("account", account.id())
                    .addKeyValue("platform", account.platform().wireName())
                    .log("the host keeps failing; calls to it are paused");
        }
    }

    private void sawTrial(ConnectedAccount account, boolean trouble) {
        boolean changed = transactions.acrossWorkspaces(() -> trouble
                ? queries.openAgain(account.id(), nowOf(account), config.firstPause(), config.longestPause())
                : queries.close(account.id()));
        if (changed) {
            LOG.atInfo()
                    .addKeyValue("account", account.id())
                    .addKeyValue("platform", account.platform().wireName())
                    .log(trouble ? "the host still fails; calls to it are paused for longer" : "the host works again");
        }
    }
}
