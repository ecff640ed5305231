package dev.carillon.worker.publication;

import dev.carillon.worker.publication.PublishJob.Claim;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Runs the rows of a chunk side by side, and lets go of the job before slow ones have ended: they go on under their own leases. */
@Singleton
public class PublishHandler implements JobRequestHandler<PublishJob> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RunningRows running;
    private final Publisher publisher;

    PublishHandler(RunningRows running, Publisher publisher) {
        this.running = running;
        this.publisher = publisher;
    }

    @Override
    public void run(PublishJob job) throws InterruptedException {
        var rows = job.claims().stream()
                .map(Claim::read)
                .map(claim -> running.run(claim, () -> publisher.publish(claim.publication(), claim.generation())))
                .toList();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        for (var row : rows) {
            row.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
