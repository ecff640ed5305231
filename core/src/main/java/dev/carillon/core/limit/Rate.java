package dev.carillon.core.limit;

import java.time.Duration;

/**
 * So many requests within a time. It is kept by a bucket, which holds {@code requests} at most: a caller may send as many at once. What was taken
 * from it comes back in portions, the first of them a portion's time after the first request.
 *
 * @param requests 1 to {@link #MOST_REQUESTS}
 * @param per whole seconds, up to {@link #LONGEST}
 */
public record Rate(int requests, Duration per) {
    public static final int MOST_REQUESTS = 10_000_000;
    public static final Duration LONGEST = Duration.ofDays(1);

    /** A bucket is filled again in so many portions, unless they would come more often than each second. */
    private static final int PORTIONS = 6;

    private static final long SHORTEST_PORTION_MILLIS = 1_000;

    public Rate {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException("%d requests".formatted(requests));
        }
        if (per.compareTo(Duration.ofSeconds(1)) < 0
                || per.compareTo(LONGEST) > 0
                || !per.equals(Duration.ofSeconds(per.toSeconds()))) {
            throw new IllegalArgumentException("requests per " + per);
        }
    }

    public static Rate perMinute(int requests) {
        return new Rate(requests, Duration.ofMinutes(1));
    }

    /** Whether who keeps this rate keeps the other one as well: neither more at once, nor more in the long run. */
    public boolean isWithin(Rate other) {
        return requests <= other.requests && requests * other.per.toSeconds() <= other.requests * per.toSeconds();
    }

    long windowMillis() {
        return per.toMillis();
    }

    /** How long it takes until a portion comes back. */
    long portionMillis() {
        return Math.max(SHORTEST_PORTION_MILLIS, Math.ceilDiv(windowMillis(), PORTIONS));
    }

    @Override
    public String toString() {
        return "%d requests in %d seconds".formatted(requests, per.toSeconds());
    }
}
