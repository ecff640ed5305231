package dev.carillon.api.webhook;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.delivery.Delivery;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService.DeliveryWithAttempts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint.
 *
 * @param object always {@code webhook_delivery}
 * @param eventId also the {@code webhook-id} of every attempt, including replays
 * @param endpointId the endpoint; for a post's webhook_url, an endpoint that no list shows
 * @param status scheduled (waits for its next attempt, or is being sent), delivered, failed (the retries are used up, or the endpoint is
 *     gone) or skipped (the endpoint was disabled or deleted)
 * @param attemptCount the number of attempts so far
 * @param nextAttemptAt when the next attempt is due; null while it is being sent, and after it has ended
 * @param replayId the last replay of several events that it was part of
 * @param attempts all attempts, first to last; null in lists
 * @param createdAt in real time, in test mode as well
 * @param endedAt null until it has ended
 */
@Wire
record WebhookDeliveryResponse(
        String id,
        String object,
        String eventId,
        String eventType,
        String endpointId,
        String status,
        int attemptCount,
        @Nullable Instant nextAttemptAt,
        @Nullable String replayId,
        @Nullable List<WebhookAttemptResponse> attempts,
        boolean livemode,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static WebhookDeliveryResponse of(Delivery delivery) {
        return of(delivery, null);
    }

    static WebhookDeliveryResponse of(DeliveryWithAttempts found) {
        return of(
                found.delivery(),
                found.attempts().stream().map(WebhookAttemptResponse::of).toList());
    }

    private static WebhookDeliveryResponse of(Delivery delivery, @Nullable List<WebhookAttemptResponse> attempts) {
        return new WebhookDeliveryResponse(
                delivery.id().toString(),
                "webhook_delivery",
                delivery.event().toString(),
                delivery.eventType(),
                delivery.endpoint().toString(),
                delivery.status().wireName(),
                delivery.attempts(),
                delivery.nextAttemptAt(),
                Objects.toString(delivery.replay(), null),
                attempts,
                delivery.tenant().mode().livemode(),
                delivery.createdAt(),
                delivery.endedAt());
    }

    /** Keeps receivers' answers out of logs. */
    @Override
    public String toString() {
        return "WebhookDeliveryResponse[" + id + "]";
    }
}
