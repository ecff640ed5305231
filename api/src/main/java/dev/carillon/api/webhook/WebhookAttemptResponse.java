package dev.carillon.api.webhook;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.delivery.DeliveryAttempt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a request that a delivery made, and its result. dns_ms, connect_ms, tls_ms and first_byte_ms are null if no
 * call was started.
 *
 * @param number counted from 1; replays continue the count
 * @param outcome delivered, refused (an answer other than 2xx), or the reason why no answer came
 * @param statusCode the status of the answer; null if none came
 * @param durationMs the duration of the whole attempt
 * @param dnsMs the duration of the name resolution; 0 if this step did not happen, for example on a reused connection
 * @param connectMs the duration of connecting; 0 if this step did not happen
 * @param tlsMs the duration of the TLS handshake; 0 if this step did not happen
 * @param firstByteMs from the start of the call to the end of the response headers; null if none came
 * @param error why no answer came
 * @param reply the beginning of the answer, at most 4 KB
 * @param replay whether the attempt belongs to a replay; it does not affect the endpoint's health
 */
@Wire
@Schema(name = "WebhookTryResponse")
record WebhookAttemptResponse(
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

    static WebhookAttemptResponse of(DeliveryAttempt made) {
        var timing = made.timing();
        return new WebhookAttemptResponse(
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

    /** Keeps the receiver's answer out of logs. */
    @Override
    public String toString() {
        return "WebhookAttemptResponse[" + number + "]";
    }
}
