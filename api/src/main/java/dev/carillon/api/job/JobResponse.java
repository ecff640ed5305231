package dev.carillon.api.job;

import dev.carillon.core.job.Job;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A publication that is being worked on, or is due.
 *
 * @param object always {@code job}
 * @param kind publish, settle (the platform is asked about an outcome in doubt) or poll (it is asked about a post that it is still
 *     working on)
 * @param status waiting, claimed (a worker has it and has sent nothing yet) or running
 * @param dueAt since when it wants work
 * @param claimedAt when a worker last took it; null when none did
 * @param leaseUntil until when it is that worker's; null while it waits
 * @param attempts how often it was tried
 */
@Wire
record JobResponse(
        String object,
        String publicationId,
        String postId,
        String accountId,
        String kind,
        String status,
        Instant dueAt,
        @Nullable Instant claimedAt,
        @Nullable Instant leaseUntil,
        int attempts,
        boolean livemode) {

    static JobResponse of(Job job, boolean livemode) {
        return new JobResponse(
                "job",
                job.publication().toString(),
                job.post().toString(),
                job.account().toString(),
                job.kind().wireName(),
                job.status().wireName(),
                job.dueAt(),
                job.claimedAt(),
                job.leaseUntil(),
                job.attempts(),
                livemode);
    }
}
