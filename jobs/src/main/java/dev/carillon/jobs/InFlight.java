package dev.carillon.jobs;

import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.Lanes.StillLeased;
import dev.carillon.jobs.lane.RowKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The rows that one dispatcher handed over and that are not known to be finished. Those that wait for a worker delay whoever comes
 * next; those that are being worked on only occupy their platform, and may be many more.
 */
final class InFlight {
    private final Map<UUID, Row> rows = new ConcurrentHashMap<>();

    private record Row(Claimed claimed, boolean waiting) {}

    void add(Collection<Claimed> claimed) {
        claimed.forEach(row -> rows.put(row.id(), new Row(row, true)));
    }

    /** Notes that work on a row has begun. */
    void started(RowKey key) {
        rows.computeIfPresent(
                key.id(), (same, row) -> row.claimed().key().equals(key) ? new Row(row.claimed(), false) : row);
    }

    /** Forgets a row, unless it has been claimed anew since. */
    void remove(RowKey key) {
        rows.computeIfPresent(key.id(), (same, row) -> row.claimed().key().equals(key) ? null : row);
    }

    /** Takes over what the database says of those that were asked about. */
    void correct(Collection<Claimed> asked, List<StillLeased> open) {
        var waiting =
                open.stream().collect(Collectors.toMap(leased -> leased.row().id(), StillLeased::waiting));
        for (var row : asked) {
            var known = waiting.get(row.id());
            rows.computeIfPresent(row.id(), (id, now) -> {
                if (!now.claimed().key().equals(row.key())) {
                    return now;
                }
                return known == null ? null : new Row(row, now.waiting() && known);
            });
        }
    }

    List<Claimed> all() {
        return rows.values().stream().map(Row::claimed).toList();
    }

    /** Rows that nobody has begun with. */
    int waiting() {
        return (int) rows.values().stream().filter(Row::waiting).count();
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
