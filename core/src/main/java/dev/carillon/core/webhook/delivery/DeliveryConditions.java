package dev.carillon.core.webhook.delivery;

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
 * The conditions of a filter on each delivery, as part of a statement. Only conditions that are set appear in it,
 * because only then can they use their index or exclude a partition.
 */
public final class DeliveryConditions {
    /**
     * The maximum difference between the time in an id and the time of its row, including clock skew between two
     * machines.
     */
    public static final Duration APART = Duration.ofHours(1);

    private final StringBuilder text = new StringBuilder("delivery.workspace_id = ? AND delivery.livemode = ?");
    private final List<@Nullable Object> values = new ArrayList<>();

    /**
     * Starts with the conditions that every list has.
     *
     * @param after the delivery after which the page starts; null for the first page
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_cursor} for a cursor of another list
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
            // No delivery is older than its event, so later partitions are excluded. Earlier partitions are not: they
            // may hold events that were first sent to an endpoint long afterwards.
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

    /** The text that follows WHERE; its values are bound in order. */
    String text() {
        return text.toString();
    }

    List<@Nullable Object> values() {
        return new ArrayList<>(values);
    }
}
