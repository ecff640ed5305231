package dev.carillon.core.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The outcomes of one host as one process saw them lately, counted by parts of the time over which they count. */
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

    /** Counts one, and says whether the host is to be taken for down; the counting then begins anew. */
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

    /** A clock that was set back leaves parts of the future behind; they do not count either. */
    private static boolean isPast(Part part, long number) {
        return part.number <= number - PARTS || part.number > number;
    }
}
