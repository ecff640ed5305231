package dev.carillon.core.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request that a delivery made, and what came of it. Times are milliseconds since the request began, as far as it came.
 *
 * @param number from 1; replays go on counting
 * @param startedAt in database time
 * @param outcome delivered, refused by the receiver, or what kept an answer from coming
 * @param statusCode of the answer; null when none came
 * @param error why none came, for people
 * @param reply how the answer began; null when none came
 * @param replay whether somebody asked for it
 */
public record DeliveryTry(
        int number,
        Instant startedAt,
        String outcome,
        @Nullable Integer statusCode,
        int durationMillis,
        Timing timing,
        @Nullable String error,
        @Nullable String reply,
        boolean replay) {

    /**
     * How long its parts took, in milliseconds; null for a part that it did not come to.
     *
     * @param firstByte from the end of the request to the first byte of its answer
     */
    public record Timing(
            @Nullable Integer dns,
            @Nullable Integer connect,
            @Nullable Integer tls,
            @Nullable Integer firstByte) {}
}
