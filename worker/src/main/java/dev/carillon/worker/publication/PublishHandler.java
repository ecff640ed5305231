package dev.carillon.worker.publication;

import dev.carillon.worker.publication.PublishJob.Claim;
import jakarta.inject.Singleton;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Publishes the rows of a chunk. */
@Singleton
public class PublishHandler implements JobRequestHandler<PublishJob> {
    private final RunningPublications running;
    private final Publisher publisher;

    PublishHandler(RunningPublications running, Publisher publisher) {
        this.running = running;
        this.publisher = publisher;
    }

    @Override
    public void run(PublishJob job) throws InterruptedException {
        running.runAll(job.claims().stream().map(Claim::read).toList(), publisher::publish);
    }
}
