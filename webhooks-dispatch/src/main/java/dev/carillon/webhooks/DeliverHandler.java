package dev.carillon.webhooks;

import dev.carillon.webhooks.DeliverJob.Claim;
import jakarta.inject.Singleton;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Sends the deliveries of a chunk. */
@Singleton
public class DeliverHandler implements JobRequestHandler<DeliverJob> {
    private final RunningDeliveries running;
    private final DeliverySender sender;

    DeliverHandler(RunningDeliveries running, DeliverySender sender) {
        this.running = running;
        this.sender = sender;
    }

    @Override
    public void run(DeliverJob job) throws InterruptedException {
        var claims = job.claims().stream().map(Claim::read).toList();
        running.started(claims);
        running.runAll(claims, sender::deliver);
    }
}
