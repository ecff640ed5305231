package dev.carillon.core.event;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the log as a statement: only the conditions that are asked for stand in it, because only such ones find their indexes. Where types
 * are all that is asked for, each of them is read in its own index and the parts are merged: then a type that is rare is found without a walk
 * through those that are not.
 */
final class EventConditions {
    /** How far in live mode the time in an id and the time of its event may lie apart, clocks of two machines included. */
    static final Duration APART = Duration.ofHours(1);

    private final StringBuilder conditions = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<String> types;
    private final boolean byType;

    /** Numbers between two others, both exclusive. */
    record Numbers(long above, long below) {}

    EventConditions(EventFilter filter, Tenant tenant, Numbers numbers) {
        types = EventPattern.types(filter.types());
        byType = !filter.types().isEmpty() && filter.objectId() == null && filter.post() == null;
        add("event.workspace_id = ? AND event.livemode = ?", tenant.workspace(), tenant.mode());
        add("event.sequence > ? AND event.sequence < ?", numbers.above(), numbers.below());
        if (filter.objectId() != null) {
            add("event.object_id = ?", filter.objectId());
        }
        if (filter.post() != null) {
            add("event.post_id = ?", filter.post().toString());
        }
        if (byType) {
            add("event.type = wanted.type");
        } else if (!filter.types().isEmpty()) {
            add("event.type = ANY (?::text[])", types);
        }
        addTimes(filter, tenant.mode());
    }

    private void addTimes(EventFilter filter, Mode mode) {
        if (filter.createdAfter() != null) {
            add("event.created_at > ?", filter.createdAfter());
            if (mode.livemode()) {
                // Spares the partitions that lie before; under a test clock an id says nothing about the time of its
                // event.
                add("event.id >= first_uuid_at(?)", before(filter.createdAfter()));
            }
        }
        if (filter.createdBefore() != null) {
            add("event.created_at < ?", filter.createdBefore());
            if (mode.livemode()) {
                add("event.id < first_uuid_at(?)", filter.createdBefore().plus(APART));
            }
        }
    }

    /** As early as the id of what is told of at that moment may be; ids know no time before 1970. */
    private static Instant before(Instant moment) {
        var early = moment.minus(APART);
        return early.isBefore(Instant.EPOCH) ? Instant.EPOCH : early;
    }

    private void add(String condition, Object... bound) {
        conditions.append(conditions.isEmpty() ? "" : " AND ").append(condition);
        values.addAll(Arrays.asList(bound));
    }

    /** The statement, by number in this order, with a last value to be bound: how many at most. */
    String statement(EventOrder order) {
        var direction = order.sql();
        return byType ? """
                SELECT found.* FROM unnest(?::text[]) AS wanted (type)
                CROSS JOIN LATERAL (SELECT event.* FROM event WHERE %s ORDER BY event.sequence %s LIMIT ?) AS found
                ORDER BY found.sequence %s
                LIMIT ?
                """.formatted(conditions, direction, direction) : """
                SELECT event.* FROM event WHERE %s
                ORDER BY event.sequence %s
                LIMIT ?
                """.formatted(conditions, direction);
    }

    @Nullable
    Object[] values(int limit) {
        var all = new ArrayList<@Nullable Object>();
        if (byType) {
            all.add(types);
        }
        all.addAll(values);
        all.add(limit);
        if (byType) {
            all.add(limit);
        }
        return all.toArray();
    }
}
