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
 * The rows that one dispatcher handed over and that are not known to be finished. Rows that wait for a worker delay
 * every new row. Rows being worked on only occupy their host, so there may be many more of them. Rows whose host has
 * answered only have to be recorded.
 */
final class InFlight {
    private final Map<UUID, Row> rows = new ConcurrentHashMap<>();

    /** Kept up to date, like the next field, because both are read for every row that starts or ends. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final Map<String, Integer> byHost = new ConcurrentHashMap<>();

    private enum Stage {
        WAITING,
        AT_HOST,
        ANSWERED
    }

    private record Row(Claimed claimed, Stage stage) {
        boolean is(RowKey key) {
            return claimed.key().equals(key);
        }
    }

    private interface Step {
        @Nullable
        Row after(@Nullable Row before);
    }

    /** Every change goes through here, so the counts stay right. */
    private void change(UUID id, Step step) {
        rows.compute(id, (same, before) -> {
            var after = step.after(before);
            count(before, -1);
            count(after, 1);
            return after;
        });
    }

    private void count(@Nullable Row row, int sign) {
        if (row == null) {
            return;
        }
        if (row.stage() == Stage.WAITING) {
            waiting.addAndGet(sign);
        }
        if (row.stage() != Stage.ANSWERED) {
            byHost.merge(row.claimed().host(), sign, (known, more) -> known + more == 0 ? null : known + more);
        }
    }

    void add(Collection<Claimed> claimed) {
        claimed.forEach(row -> change(row.id(), before -> new Row(row, Stage.WAITING)));
    }

    /** Marks a row as started. */
    void started(RowKey key) {
        change(
                key.id(),
                row -> row != null && row.is(key) && row.stage() == Stage.WAITING
                        ? new Row(row.claimed(), Stage.AT_HOST)
                        : row);
    }

    /** Marks a row as answered by its host. */
    void answered(RowKey key) {
        change(key.id(), row -> row != null && row.is(key) ? new Row(row.claimed(), Stage.ANSWERED) : row);
    }

    /** Removes a row, unless it has been claimed again since. */
    void remove(RowKey key) {
        change(key.id(), row -> row != null && row.is(key) ? null : row);
    }

    /** Applies what the database says about the rows that were checked. */
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

    /** Rows that no worker has started yet. */
    int waiting() {
        return waiting.get();
    }

    /** Per host, the rows that it has yet to answer, whether sent or still waiting. */
    Map<String, Integer> byHost() {
        return Map.copyOf(byHost);
    }

    /** The largest number of rows that any host has yet to answer. */
    int atFullestHost() {
        return byHost.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    int size() {
        return rows.size();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
