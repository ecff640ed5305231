package dev.carillon.api.publication;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.publication.attempt.Attempt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to publish a publication.
 *
 * @param object always {@code attempt}
 * @param number counted from 1
 * @param platformMessage the platform's own words
 * @param platformRequestId the platform's id of the last call, for its support
 * @param exchanges the attempt's calls to the platform, in order; empty while it runs, or if its process died
 * @param createdAt when the start of the attempt was recorded, before the irreversible call
 * @param startedAt the same time as {@code created_at}
 * @param endedAt null while it runs, or while its outcome is being reconciled
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
                attempt.startedAt(),
                attempt.startedAt(),
                attempt.endedAt());
    }
}
