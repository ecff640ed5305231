package dev.carillon.core.webhook.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a delivery, and its result.
 *
 * @param number from 1; replays continue the count
 * @param startedAt in database time
 * @param outcome delivered, refused by the receiver, or why no answer came
 * @param statusCode of the answer; null if none came
 * @param error why none came, for people
 * @param reply the beginning of the answer; null if none came
 * @param replay whether it belongs to a replay
 */
public record DeliveryAttempt(
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
     * How long the parts of an attempt took, in milliseconds; null for a part that was not reached.
     *
     * @param firstByte from the start of the call to the head of its answer
     */
    public record Timing(
            @Nullable Integer dns,
            @Nullable Integer connect,
            @Nullable Integer tls,
            @Nullable Integer firstByte) {}
}
