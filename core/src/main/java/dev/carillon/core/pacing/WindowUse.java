package dev.carillon.core.pacing;

import dev.carillon.core.platform.PublishWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was taken from a window lately, counted by parts of its length. It errs on the side of the platform: what was taken in a part
 * counts as if it had been sent at the very end of the part and had travelled for as long as a call may take, so that no stretch of
 * the window's length holds more than the window allows, wherever on the way the platform counts.
 *
 * @param taken posts by number of the part, since the epoch
 * @param travel how long a call may be under way
 */
record WindowUse(PublishWindow window, Map<Long, Integer> taken, Duration travel) {
    private static final int PARTS = 24;

    WindowUse {
        taken = Map.copyOf(taken);
    }

    /** How many more may be sent now. */
    int free(Instant now) {
        return Math.max(
                0,
                window.posts()
                        - counted(now).values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
    }

    /** When the oldest of what counts now no longer does; now itself where nothing counts. */
    Instant freesAt(Instant now) {
        var counted = counted(now);
        return counted.isEmpty() ? now : endOf(counted.firstKey());
    }

    /** After one more was taken; what no longer counts is forgotten. */
    WindowUse take(Instant now) {
        var next = counted(now);
        next.merge(now.toEpochMilli() / part(), 1, Integer::sum);
        return new WindowUse(window, next, travel);
    }

    private TreeMap<Long, Integer> counted(Instant now) {
        var counted = new TreeMap<Long, Integer>();
        taken.forEach((part, posts) -> {
            if (endOf(part).isAfter(now)) {
                counted.put(part, posts);
            }
        });
        return counted;
    }

    /** When what was taken in this part no longer stands in the way of what is sent. */
    private Instant endOf(long part) {
        return Instant.ofEpochMilli((part + 1) * part()).plus(window.length()).plus(travel);
    }

    private long part() {
        return Math.ceilDiv(window.length().toMillis(), PARTS);
    }
}
