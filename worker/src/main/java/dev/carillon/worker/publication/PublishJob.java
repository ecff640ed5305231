package dev.carillon.worker.publication;

import dev.carillon.core.kernel.PublicationId;
import java.util.List;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * Publishes the publications of one claim.
 *
 * @param claims each {@code pub_… generation}: plain texts, so that a job of an older version can still be read
 */
public record PublishJob(List<String> claims) implements JobRequest {
    @Override
    public Class<PublishHandler> getJobRequestHandler() {
        return PublishHandler.class;
    }

    /** One publication, and the generation at which it was claimed. */
    public record Claim(PublicationId publication, long generation) {
        @Override
        public String toString() {
            return publication + " " + generation;
        }

        static Claim read(String text) {
            var words = text.split(" ", 2);
            return new Claim(PublicationId.KIND.read(words[0]).orElseThrow(), Long.parseLong(words[1]));
        }
    }

    public static PublishJob of(List<Claim> claims) {
        return new PublishJob(claims.stream().map(Claim::toString).toList());
    }
}
