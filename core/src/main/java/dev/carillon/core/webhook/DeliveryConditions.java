package dev.carillon.core.webhook;

import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.TimeCursor;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of each delivery, as a part of a statement: only what is asked for stands there, because only such a condition finds its
 * index or spares a partition.
 */
final class DeliveryConditions {
    /** How far the time in an id and the time of its row may lie apart, clocks of two machines included. */
    static final Duration APART = Duration.ofHours(1);

    private final StringBuilder text = new StringBuilder("delivery.workspace_id = ? AND delivery.livemode = ?");
    private final List<@Nullable Object> values = new ArrayList<>();

    /**
     * Begins with those of every list.
     *
     * @param after the delivery that the page begins behind; null for the first page
     * @throws dev.carillon.core.kernel.Refusal {@code invalid_cursor} for one of another list
     */
    DeliveryConditions(Tenant tenant, DeliveryFilter filter, @Nullable TimeCursor after) {
        values.addAll(List.of(tenant.workspace(), tenant.mode()));
        if (after != null) {
            var last = WebhookDeliveryId.KIND.read(after.key()).orElseThrow(PageRequest::foreignCursor);
            add("(delivery.created_at, delivery.id) < (?, ?)", after.at(), last);
        }
        if (filter.createdAfter() != null) {
            add("delivery.created_at > ?", filter.createdAfter());
        }
        if (filter.createdBefore() != null) {
            add("delivery.created_at < ?", filter.createdBefore());
            // No delivery is older than its event: this spares the partitions that lie behind. Those that lie before
            // may
            // hold events that were sent to an endpoint for the first time long after.
            add("delivery.event_id < first_uuid_at(?)", filter.createdBefore().plus(APART));
        }
    }

    DeliveryConditions withStatusOf(DeliveryFilter filter) {
        return filter.statuses().isEmpty() ? this : add("delivery.status = ANY (?::text[])", filter.statusNames());
    }

    DeliveryConditions withTypeOf(DeliveryFilter filter) {
        var types = filter.narrowedTypes();
        return types.isEmpty() ? this : add("delivery.event_type = ANY (?::text[])", types);
    }

    DeliveryConditions to(@Nullable WebhookEndpointId endpoint) {
        return endpoint == null ? this : add("delivery.endpoint_id = ?", endpoint);
    }

    DeliveryConditions add(String condition, @Nullable Object... bound) {
        text.append(" AND ").append(condition);
        values.addAll(Arrays.asList(bound));
        return this;
    }

    /** To stand behind WHERE; its values are bound in their order. */
    String text() {
        return text.toString();
    }

    List<@Nullable Object> values() {
        return new ArrayList<>(values);
    }
}
