package dev.carillon.core.webhook.delivery;

import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects deliveries.
 *
 * @param statuses one of these; empty for all
 * @param types the event's type must match one of these; empty for all
 * @param event of this event; null for all
 * @param post of the events of this post and its publications; null for all
 * @param createdAfter created later than this, in real time; null for no bound
 * @param createdBefore created earlier than this, in real time; null for no bound
 */
public record DeliveryFilter(
        Set<DeliveryStatus> statuses,
        List<EventPattern> types,
        @Nullable EventId event,
        @Nullable PostId post,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore) {
    public static final DeliveryFilter ALL = new DeliveryFilter(Set.of(), List.of(), null, null, null, null);

    public DeliveryFilter {
        statuses = Set.copyOf(statuses);
        types = List.copyOf(types);
    }

    /** The types that match, one by one; empty if every type matches, or if the filter has no types. */
    List<String> narrowedTypes() {
        var all = Event.types();
        var fitting = all.stream()
                .filter(type -> types.stream().anyMatch(pattern -> pattern.matches(type)))
                .toList();
        return fitting.size() == all.size() ? List.of() : fitting;
    }

    List<String> statusNames() {
        var wanted = statuses.isEmpty() ? EnumSet.allOf(DeliveryStatus.class) : statuses;
        return wanted.stream().map(DeliveryStatus::wireName).sorted().toList();
    }
}
