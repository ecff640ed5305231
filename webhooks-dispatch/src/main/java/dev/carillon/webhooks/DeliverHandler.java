package dev.carillon.webhooks;

import dev.carillon.core.webhook.delivery.DeliveryClaim;
import jakarta.inject.Singleton;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Sends the deliveries of a chunk. */
@Singleton
public class DeliverHandler implements JobRequestHandler<DeliverJob> {
    private final DeliverySender sender;

    DeliverHandler(DeliverySender sender) {
        this.sender = sender;
    }

    @Override
    public void run(DeliverJob job) throws InterruptedException {
        sender.deliver(job.claims().stream().map(DeliveryClaim::read).toList());
    }
}
