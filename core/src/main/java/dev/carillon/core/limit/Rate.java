package dev.carillon.core.limit;

import java.time.Duration;

/**
 * A number of requests per period. A token bucket enforces it: it holds {@code requests} at most, so a caller may send
 * that many at once. The bucket is refilled in portions, the first of them one portion interval after the first
 * request.
 *
 * @param requests 1 to {@link #MOST_REQUESTS}
 * @param per whole seconds, up to {@link #LONGEST}
 */
public record Rate(int requests, Duration per) {
    public static final int MOST_REQUESTS = 10_000_000;
    public static final Duration LONGEST = Duration.ofDays(1);

    /** The number of portions that refill a bucket, unless they would come more often than once a second. */
    private static final int PORTIONS = 6;

    private static final long SHORTEST_PORTION_MILLIS = 1_000;

    public Rate {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException("a rate of %d requests is out of range".formatted(requests));
        }
        if (per.compareTo(Duration.ofSeconds(1)) < 0
                || per.compareTo(LONGEST) > 0
                || !per.equals(Duration.ofSeconds(per.toSeconds()))) {
            throw new IllegalArgumentException("invalid period of a rate: " + per);
        }
    }

    public static Rate perMinute(int requests) {
        return new Rate(requests, Duration.ofMinutes(1));
    }

    /**
     * Whether keeping to this rate also means keeping to the other one: no larger burst, and no more in the long run.
     */
    public boolean isWithin(Rate other) {
        return requests <= other.requests && requests * other.per.toSeconds() <= other.requests * per.toSeconds();
    }

    long windowMillis() {
        return per.toMillis();
    }

    /** The time between two portions. */
    long portionMillis() {
        return Math.max(SHORTEST_PORTION_MILLIS, Math.ceilDiv(windowMillis(), PORTIONS));
    }

    @Override
    public String toString() {
        return "%d requests in %d seconds".formatted(requests, per.toSeconds());
    }
}
