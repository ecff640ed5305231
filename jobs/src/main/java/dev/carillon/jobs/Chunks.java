package dev.carillon.jobs;

import dev.carillon.jobs.lane.Claimed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Splits claimed rows into chunks, one job each: single rows while little is due, larger chunks in a burst. All rows of
 * a chunk go to the same host, so that a slow host does not delay rows for others.
 */
final class Chunks {
    /** A burst is split into at least about this many jobs, so that many workers share it. */
    private static final int JOBS_OF_A_BURST = 8;

    private Chunks() {}

    /** Chunks of at most {@code largest} rows, with rows of the same lane next to each other. */
    static List<List<Claimed>> of(List<Claimed> claimed, int largest) {
        int size = Math.clamp(claimed.size() / JOBS_OF_A_BURST, 1, largest);
        var chunks = new ArrayList<List<Claimed>>();
        claimed.stream()
                .sorted(Comparator.comparing(Claimed::laneKey))
                .collect(Collectors.groupingBy(Claimed::host))
                .values()
                .forEach(ofHost -> cut(ofHost, size, chunks));
        return chunks;
    }

    private static void cut(List<Claimed> rows, int size, Collection<List<Claimed>> chunks) {
        for (int from = 0; from < rows.size(); from += size) {
            chunks.add(rows.subList(from, Math.min(from + size, rows.size())));
        }
    }
}
