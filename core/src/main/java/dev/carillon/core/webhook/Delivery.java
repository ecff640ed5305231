package dev.carillon.core.webhook;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * @param tries how often it was sent
 * @param nextTryAt when it is sent next; null while it is being sent, and when it has ended
 * @param replay the replay of many that it was last part of; null when it was part of none
 * @param createdAt real time in both modes
 * @param endedAt when nobody tried any more, likewise; null before that
 */
public record Delivery(
        WebhookDeliveryId id,
        Tenant tenant,
        EventId event,
        String eventType,
        WebhookEndpointId endpoint,
        DeliveryStatus status,
        int tries,
        @Nullable Instant nextTryAt,
        @Nullable WebhookReplayId replay,
        Instant createdAt,
        @Nullable Instant endedAt) {}
