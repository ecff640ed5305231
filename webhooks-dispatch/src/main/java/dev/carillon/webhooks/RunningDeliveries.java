package dev.carillon.webhooks;

import dev.carillon.core.webhook.DeliveryClaim;
import dev.carillon.jobs.RunningRows;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The deliveries that this process is sending. */
@Singleton
class RunningDeliveries extends RunningRows<DeliveryClaim> {
    /** Most receivers answer sooner; those that hang must not hold up the jobs of others. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    RunningDeliveries() {
        super(PATIENCE);
    }
}
