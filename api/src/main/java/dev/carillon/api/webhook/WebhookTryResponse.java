package dev.carillon.api.webhook;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.DeliveryTry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request that a delivery made, and what came of it. A part of its time is null where it was not come to.
 *
 * @param number from 1; replays go on counting
 * @param outcome delivered, refused (an answer other than 2xx), or what kept an answer from coming
 * @param statusCode of the answer; null when none came
 * @param durationMs from beginning to end
 * @param dnsMs finding the address
 * @param connectMs connecting to it
 * @param tlsMs agreeing on encryption
 * @param firstByteMs from the end of the request to the first byte of the answer
 * @param error why no answer came
 * @param reply how the answer began, at most 4 KB of it
 * @param replay whether somebody asked for this try; it says nothing about the endpoint's health
 */
@Wire
record WebhookTryResponse(
        int number,
        Instant startedAt,
        String outcome,
        @Nullable Integer statusCode,
        int durationMs,
        @Nullable Integer dnsMs,
        @Nullable Integer connectMs,
        @Nullable Integer tlsMs,
        @Nullable Integer firstByteMs,
        @Nullable String error,
        @Nullable String reply,
        boolean replay) {

    static WebhookTryResponse of(DeliveryTry made) {
        var timing = made.timing();
        return new WebhookTryResponse(
                made.number(),
                made.startedAt(),
                made.outcome(),
                made.statusCode(),
                made.durationMillis(),
                timing.dns(),
                timing.connect(),
                timing.tls(),
                timing.firstByte(),
                made.error(),
                made.reply(),
                made.replay());
    }

    /** What a receiver answered is nobody's business in a log. */
    @Override
    public String toString() {
        return "WebhookTryResponse[" + number + "]";
    }
}
