package dev.carillon.worker.publication;

import dev.carillon.core.publication.Claim;
import java.util.List;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * Publishes the publications of one chunk of claims.
 *
 * @param claims each {@code pub_… generation}; plain strings, so that a job of an older version can still be read
 */
public record PublishJob(List<String> claims) implements JobRequest {
    @Override
    public Class<PublishHandler> getJobRequestHandler() {
        return PublishHandler.class;
    }

    public static PublishJob of(List<Claim> claims) {
        return new PublishJob(claims.stream().map(Claim::toString).toList());
    }
}
