package dev.carillon.api.job;

import dev.carillon.core.job.Job;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A publication that is being worked on or is due.
 *
 * @param object always {@code job}
 * @param kind publish, settle (asks the platform about an unknown outcome), poll (asks the platform about a post that it is still
 *     processing), reconcile (asks the platform because a caller requested it) or delete
 * @param status waiting, claimed (a worker has it and has sent nothing yet) or running
 * @param dueAt when it became due
 * @param claimedAt when a worker last claimed it to publish it; null if none did
 * @param leaseUntil when the lease of that worker ends; null while the job waits
 * @param attempts the number of attempts so far
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
