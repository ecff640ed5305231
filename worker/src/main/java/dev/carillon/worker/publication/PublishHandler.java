package dev.carillon.worker.publication;

import dev.carillon.core.publication.Claim;
import jakarta.inject.Singleton;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Publishes the rows of a chunk. */
@Singleton
public class PublishHandler implements JobRequestHandler<PublishJob> {
    private final Publisher publisher;

    PublishHandler(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void run(PublishJob job) throws InterruptedException {
        publisher.publish(job.claims().stream().map(Claim::read).toList());
    }
}
