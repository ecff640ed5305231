package dev.carillon.api.publication;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.publication.Attempt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try to publish one publication.
 *
 * @param object always {@code attempt}
 * @param number from 1
 * @param platformMessage the platform's own words
 * @param platformRequestId by which the platform's support finds the last call
 * @param exchanges its calls to the platform, in their order; none while it runs, or when its process died
 * @param createdAt when it was marked, before anything irreversible was done
 * @param startedAt the same
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
        @Nullable String platformMessage,
        @Nullable String platformRequestId,
        List<ExchangeResponse> exchanges,
        boolean livemode,
        Instant createdAt,
        Instant startedAt,
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
                attempt.platformMessage(),
                attempt.platformRequestId(),
                attempt.exchanges().stream().map(ExchangeResponse::of).toList(),
                livemode,
                attempt.markedAt(),
                attempt.markedAt(),
                attempt.endedAt());
    }
}
