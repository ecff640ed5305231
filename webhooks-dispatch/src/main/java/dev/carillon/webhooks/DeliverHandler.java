package dev.carillon.webhooks;

import dev.carillon.webhooks.DeliverJob.Claim;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Sends the deliveries of a chunk side by side, and lets go of the job before slow ones have ended: they go on under their leases. */
@Singleton
public class DeliverHandler implements JobRequestHandler<DeliverJob> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RunningTries running;
    private final DeliverySender sender;

    DeliverHandler(RunningTries running, DeliverySender sender) {
        this.running = running;
        this.sender = sender;
    }

    @Override
    public void run(DeliverJob job) throws InterruptedException {
        var threads = job.claims().stream()
                .map(Claim::read)
                .map(claim -> running.run(claim, () -> sender.deliver(claim)))
                .toList();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        for (var thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
