package dev.carillon.worker.publication;

import dev.carillon.core.publication.reconciliation.ReconciliationService;
import dev.carillon.core.publication.reconciliation.UnresolvedPublication;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Asks platforms about publications whose outcome is unknown, and about those that they are still processing. */
@Singleton
public class ReconciliationTick {
    private final ReconciliationService reconciliation;
    private final Reconciler reconciler;
    private final DispatchConfig dispatch;
    private final BoundedCalls calls = new BoundedCalls("settle");

    ReconciliationTick(ReconciliationService reconciliation, Reconciler reconciler, DispatchConfig dispatch) {
        this.reconciliation = reconciliation;
        this.reconciler = reconciler;
        this.dispatch = dispatch;
    }

    /** One round: claims what is due and asks. */
    void run() {
        try {
            calls.round(
                    (limit, busyHosts) -> reconciliation.claim(limit, dispatch.lease(), busyHosts),
                    UnresolvedPublication::host,
                    unresolved -> reconciler.settle(unresolved, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitAll(Duration atMost) throws InterruptedException {
        calls.awaitAll(atMost);
    }
}
