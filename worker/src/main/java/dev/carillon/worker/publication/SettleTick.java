package dev.carillon.worker.publication;

import dev.carillon.core.publication.DoubtService;
import dev.carillon.core.publication.Doubtful;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Asks platforms about publications whose outcome is unknown, and about those that they are still processing. */
@Singleton
public class SettleTick {
    private final DoubtService doubts;
    private final Inquiry inquiry;
    private final DispatchConfig dispatch;
    private final BoundedCalls calls = new BoundedCalls("settle");

    SettleTick(DoubtService doubts, Inquiry inquiry, DispatchConfig dispatch) {
        this.doubts = doubts;
        this.inquiry = inquiry;
        this.dispatch = dispatch;
    }

    /** One round: claims what is due and asks. */
    void run() {
        try {
            calls.round(
                    (limit, busyHosts) -> doubts.claim(limit, dispatch.lease(), busyHosts),
                    Doubtful::host,
                    doubtful -> inquiry.settle(doubtful, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitAll(Duration atMost) throws InterruptedException {
        calls.awaitAll(atMost);
    }
}
