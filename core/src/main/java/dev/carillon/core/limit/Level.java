package dev.carillon.core.limit;

import dev.carillon.core.limit.RateLimitDecision.Standing;
import java.time.Duration;

/**
 * The content of a bucket in this process. {@link BucketScript} does the same arithmetic in Redis.
 *
 * @param amount a request costs as many units as its rate's window has milliseconds, so that portions are whole numbers
 * @param since when the last portion was added, in milliseconds of this machine's monotonic clock
 */
record Level(long amount, long since) {
    static Level full(Rate rate, long now) {
        return new Level(capacity(rate), now);
    }

    /**
     * The bucket with the portions added since then; the time of a full bucket does not advance until something is
     * taken from it.
     */
    Level at(Rate rate, long now) {
        long portions = (now - since) / rate.portionMillis();
        long filled = Math.min(capacity(rate), amount + portions * portion(rate));
        return filled == capacity(rate) ? full(rate, now) : new Level(filled, since + portions * rate.portionMillis());
    }

    boolean hasOne(Rate rate) {
        return amount >= rate.windowMillis();
    }

    Level lessOne(Rate rate) {
        return new Level(amount - rate.windowMillis(), since);
    }

    Standing standing(Limit limit, long now) {
        var rate = limit.rate();
        long remaining = amount / rate.windowMillis();
        long wanted = Math.min((remaining + 1) * rate.windowMillis(), capacity(rate)) - amount;
        long portions = Math.max(1, Math.ceilDiv(wanted, portion(rate)));
        return new Standing(limit, remaining, Duration.ofMillis(since + portions * rate.portionMillis() - now));
    }

    private static long capacity(Rate rate) {
        return rate.requests() * rate.windowMillis();
    }

    private static long portion(Rate rate) {
        return rate.requests() * rate.portionMillis();
    }
}
