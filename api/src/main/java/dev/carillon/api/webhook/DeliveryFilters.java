package dev.carillon.api.webhook;

import dev.carillon.api.event.EventTypes;
import dev.carillon.api.input.QueryValues;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.webhook.delivery.DeliveryFilter;
import dev.carillon.core.webhook.delivery.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/** Reads the filters that lists of deliveries share. */
final class DeliveryFilters {
    private DeliveryFilters() {}

    static DeliveryFilter read(
            @Nullable String status,
            @Nullable String eventType,
            @Nullable String eventId,
            @Nullable String postId,
            @Nullable String createdAfter,
            @Nullable String createdBefore) {
        return new DeliveryFilter(
                QueryValues.someOf("status", status, DeliveryStatus.values(), DeliveryStatus::wireName),
                EventTypes.read("event_type", eventType),
                QueryValues.id("event_id", eventId, EventId.KIND),
                QueryValues.id("post_id", postId, PostId.KIND),
                QueryValues.time("created_after", createdAfter),
                QueryValues.time("created_before", createdBefore));
    }
}
