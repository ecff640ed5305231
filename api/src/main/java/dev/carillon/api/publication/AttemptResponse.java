package dev.carillon.api.publication;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.publication.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to publish one publication.
 *
 * @param object always {@code attempt}
 * @param number from 1
 * @param createdAt when it was marked, before anything irreversible was done
 * @param endedAt null while it runs, or while its outcome is being found out
 * @param outcome published, processing, throttled, unavailable, unconfirmed, rejected, access_lost or interrupted
 * @param code the error's stable name
 * @param message what went wrong
 */
@Wire
public record AttemptResponse(
        String id,
        String object,
        String publicationId,
        int number,
        @Nullable String outcome,
        @Nullable String code,
        @Nullable String message,
        boolean livemode,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static AttemptResponse of(Attempt attempt, boolean livemode) {
        return new AttemptResponse(
                attempt.id().toString(),
                "attempt",
                attempt.publication().toString(),
                attempt.number(),
                attempt.outcome(),
                attempt.code(),
                attempt.message(),
                livemode,
                attempt.markedAt(),
                attempt.endedAt());
    }
}
