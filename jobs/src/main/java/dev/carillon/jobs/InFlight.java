package dev.carillon.jobs;

import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.Lanes.StillLeased;
import dev.carillon.jobs.lane.RowKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one dispatcher handed over and that are not known to be finished. Those that wait for a worker delay whoever comes
 * next; those that are being worked on only occupy their platform, and may be many more.
 */
final class InFlight {
    private final Map<UUID, Row> rows = new ConcurrentHashMap<>();

    /** Counted along: it is asked for with every row that begins or ends. */
    private final AtomicInteger waiting = new AtomicInteger();

    private record Row(Claimed claimed, boolean waiting) {
        boolean is(RowKey key) {
            return claimed.key().equals(key);
        }
    }

    private interface Step {
        @Nullable
        Row after(@Nullable Row before);
    }

    /** Every change goes through here, so that the count is right. */
    private void change(UUID id, Step step) {
        rows.compute(id, (same, before) -> {
            var after = step.after(before);
            waiting.addAndGet(waitingIn(after) - waitingIn(before));
            return after;
        });
    }

    private static int waitingIn(@Nullable Row row) {
        return row != null && row.waiting() ? 1 : 0;
    }

    void add(Collection<Claimed> claimed) {
        claimed.forEach(row -> change(row.id(), before -> new Row(row, true)));
    }

    /** Notes that work on a row has begun. */
    void started(RowKey key) {
        change(key.id(), row -> row != null && row.is(key) ? new Row(row.claimed(), false) : row);
    }

    /** Forgets a row, unless it has been claimed anew since. */
    void remove(RowKey key) {
        change(key.id(), row -> row != null && row.is(key) ? null : row);
    }

    /** Takes over what the database says of those that were asked about. */
    void correct(Collection<Claimed> asked, List<StillLeased> open) {
        var stillWaiting =
                open.stream().collect(Collectors.toMap(leased -> leased.row().id(), StillLeased::waiting));
        for (var row : asked) {
            var known = stillWaiting.get(row.id());
            if (known == null) {
                remove(row.key());
            } else if (!known) {
                started(row.key());
            }
        }
    }

    List<Claimed> all() {
        return rows.values().stream().map(Row::claimed).toList();
    }

    /** Rows that nobody has begun with. */
    int waiting() {
        return waiting.get();
    }

    /** How many go to each host. */
    Map<String, Integer> byHost() {
        return rows.values().stream()
                .collect(Collectors.groupingBy(
                        row -> row.claimed().host(), Collectors.reducing(0, row -> 1, Integer::sum)));
    }

    int size() {
        return rows.size();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
