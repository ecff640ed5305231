package dev.carillon.core.pacing;

import dev.carillon.core.platform.PublishWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recent use of a window, counted in parts of its length. The count is conservative: a post in a part counts as if
 * it had been sent at the end of the part and had taken as long as a call may take. So no period of the window's length
 * ever has more posts than the window allows, whenever during the call the platform counts.
 *
 * @param taken posts by number of the part, counted since the epoch
 * @param travel how long a call may take
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

    /** When the oldest posts that count now no longer count; {@code now} if none count. */
    Instant freesAt(Instant now) {
        var counted = counted(now);
        return counted.isEmpty() ? now : endOf(counted.firstKey());
    }

    /** The use after one more post; parts that no longer count are dropped. */
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

    /** When the posts of this part no longer count. */
    private Instant endOf(long part) {
        return Instant.ofEpochMilli((part + 1) * part()).plus(window.length()).plus(travel);
    }

    private long part() {
        return Math.ceilDiv(window.length().toMillis(), PARTS);
    }
}
