package dev.carillon.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.limit.RateLimitDecision.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Buckets of this process alone. The buckets of callers that have been idle for long are evicted, and are full again
 * afterwards.
 */
final class LocalBuckets {
    private static final int MOST_CALLERS = 50_000;

    private final LongSupplier millis;
    private final Cache<String, Map<Limit, Level>> callers = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Rate.LONGEST)
            .build();

    /**
     * Starts with no buckets.
     *
     * @param millis a clock that never goes back
     */
    LocalBuckets(LongSupplier millis) {
        this.millis = millis;
    }

    /** Takes a request from each of the limits, or from none. */
    RateLimitDecision take(String caller, List<Limit> limits) {
        var levels = callers.get(caller, unseen -> new HashMap<>());
        synchronized (levels) {
            long now = millis.getAsLong();
            var before = limits.stream().map(limit -> level(levels, limit, now)).toList();
            boolean passed = true;
            for (int i = 0; i < before.size(); i++) {
                passed &= before.get(i).hasOne(limits.get(i).rate());
            }
            var standings = new ArrayList<Standing>();
            for (int i = 0; i < before.size(); i++) {
                var limit = limits.get(i);
                var after = passed ? before.get(i).lessOne(limit.rate()) : before.get(i);
                levels.put(limit, after);
                standings.add(after.standing(limit, now));
            }
            return new RateLimitDecision(passed, standings);
        }
    }

    /**
     * Whether {@link #take} would let a request pass. Takes nothing, and costs almost nothing for an unknown caller.
     */
    boolean hasRoom(String caller, Limit limit) {
        var levels = callers.getIfPresent(caller);
        if (levels == null) {
            return true;
        }
        synchronized (levels) {
            return level(levels, limit, millis.getAsLong()).hasOne(limit.rate());
        }
    }

    private static Level level(Map<Limit, Level> levels, Limit limit, long now) {
        var known = levels.get(limit);
        return known == null ? Level.full(limit.rate(), now) : known.at(limit.rate(), now);
    }
}
