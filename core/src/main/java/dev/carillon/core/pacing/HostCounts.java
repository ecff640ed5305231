package dev.carillon.core.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Recent outcomes of one host, as one process saw them, counted in parts of the configured time. */
final class HostCounts {
    private static final int PARTS = 6;

    private final int failures;
    private final long partMillis;
    private final Deque<Part> parts = new ArrayDeque<>();

    HostCounts(int failures, Duration within) {
        this.failures = failures;
        this.partMillis = Math.max(1, within.toMillis() / PARTS);
    }

    private static final class Part {
        private final long number;
        private int good;
        private int bad;

        private Part(long number) {
            this.number = number;
        }
    }

    /** Counts one outcome, and returns whether the host is now considered down. If it is, counting restarts. */
    synchronized boolean isDownAfter(boolean trouble, Instant now) {
        var part = partOf(now.toEpochMilli() / partMillis);
        if (!trouble) {
            part.good++;
            return false;
        }
        part.bad++;
        int bad = 0;
        int good = 0;
        for (var counted : parts) {
            bad += counted.bad;
            good += counted.good;
        }
        boolean down = bad >= failures && bad >= good;
        if (down) {
            parts.clear();
        }
        return down;
    }

    private Part partOf(long number) {
        for (Iterator<Part> oldest = parts.iterator(); oldest.hasNext() && isPast(oldest.next(), number); ) {
            oldest.remove();
        }
        var newest = parts.peekLast();
        if (newest == null || newest.number != number) {
            newest = new Part(number);
            parts.addLast(newest);
        }
        return newest;
    }

    /** A clock that was set back leaves parts in the future, which do not count either. */
    private static boolean isPast(Part part, long number) {
        return part.number <= number - PARTS || part.number > number;
    }
}
