package dev.carillon.jobs;

import dev.carillon.jobs.lane.Claimed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cuts claimed rows into chunks, a job each: single rows while little is due, larger ones in a burst. The rows of a chunk go to one
 * host, so that a slow one delays nobody else's.
 */
final class Chunks {
    /** A burst is cut into about this many jobs at least, so that many workers share it. */
    private static final int JOBS_OF_A_BURST = 8;

    private Chunks() {}

    /** Chunks of at most {@code largest} rows, those of one lane side by side. */
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
