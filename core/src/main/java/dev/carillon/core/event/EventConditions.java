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
 * Selects a part of the log, as a statement. Only conditions that are set appear in it, because only then can they use
 * their indexes. If types are given, but no object and no post, each type is read from its own index and the results
 * are merged, so that a rare type is found without a scan of the others.
 */
final class EventConditions {
    /**
     * In live mode, the maximum difference between the time in an id and the time of its event, including clock skew
     * between two machines.
     */
    static final Duration APART = Duration.ofHours(1);

    private final StringBuilder conditions = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<String> types;
    private final boolean byType;

    /** The numbers between two others, both exclusive. */
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
                // Skips the earlier partitions. Under a test clock, an id says nothing about the time of its event.
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

    /** The earliest time that the id of an event at that moment can have. Ids have no times before 1970. */
    private static Instant before(Instant moment) {
        var early = moment.minus(APART);
        return early.isBefore(Instant.EPOCH) ? Instant.EPOCH : early;
    }

    private void add(String condition, Object... bound) {
        conditions.append(conditions.isEmpty() ? "" : " AND ").append(condition);
        values.addAll(Arrays.asList(bound));
    }

    /** The statement, in the given order of numbers. Its last parameter is the maximum number of events. */
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
