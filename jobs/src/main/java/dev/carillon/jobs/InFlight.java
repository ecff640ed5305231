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
 * next; those that are being worked on only occupy their host, and may be many more; those that the host has answered only have to be
 * written down.
 */
final class InFlight {
    private final Map<UUID, Row> rows = new ConcurrentHashMap<>();

    /** Counted along, as is the next one: both are asked for with every row that begins or ends. */
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

    /** Every change goes through here, so that the counts are right. */
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

    /** Notes that work on a row has begun. */
    void started(RowKey key) {
        change(
                key.id(),
                row -> row != null && row.is(key) && row.stage() == Stage.WAITING
                        ? new Row(row.claimed(), Stage.AT_HOST)
                        : row);
    }

    /** Notes that the host has no more to do with a row. */
    void answered(RowKey key) {
        change(key.id(), row -> row != null && row.is(key) ? new Row(row.claimed(), Stage.ANSWERED) : row);
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

    /** How many each host has to answer, now or when their turn comes. */
    Map<String, Integer> byHost() {
        return Map.copyOf(byHost);
    }

    /** The most that one host has to answer. */
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
