package dev.carillon.core.webhook.delivery;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one event to one endpoint.
 *
 * @param attempts the number of attempts so far
 * @param nextAttemptAt when the next attempt is due; null while it is being sent, and after it has ended
 * @param replay the bulk replay that it was last part of; null if there was none
 * @param createdAt real time in both modes
 * @param endedAt real time of its end, after which there are no more attempts; null before that
 */
public record Delivery(
        WebhookDeliveryId id,
        Tenant tenant,
        EventId event,
        String eventType,
        WebhookEndpointId endpoint,
        DeliveryStatus status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable WebhookReplayId replay,
        Instant createdAt,
        @Nullable Instant endedAt) {}
