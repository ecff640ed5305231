package dev.carillon.jobs;

import dev.carillon.jobs.lane.Claimed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The rows that one dispatcher handed over and that are not known to be finished. */
final class InFlight {
    private final Map<UUID, Claimed> rows = new ConcurrentHashMap<>();

    void add(Collection<Claimed> claimed) {
        claimed.forEach(row -> rows.put(row.id(), row));
    }

    /** Forgets a row, unless it has been claimed anew since. */
    void remove(UUID id, long generation) {
        rows.computeIfPresent(id, (same, row) -> row.generation() == generation ? null : row);
    }

    /** Forgets those of {@code asked} that are not among {@code open}. */
    void retain(Collection<Claimed> asked, Set<Claimed> open) {
        asked.stream().filter(row -> !open.contains(row)).forEach(row -> remove(row.id(), row.generation()));
    }

    List<Claimed> all() {
        return List.copyOf(rows.values());
    }

    int size() {
        return rows.size();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
