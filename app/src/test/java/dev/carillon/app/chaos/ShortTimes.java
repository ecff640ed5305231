package dev.carillon.app.chaos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings under which unknown outcomes are reconciled within seconds, in the same order as the defaults: a lease is longer than a call,
 * and absence is proven later than both.
 */
final class ShortTimes {
    static final Duration LEASE = Duration.ofSeconds(4);
    static final Duration CALL_DEADLINE = Duration.ofSeconds(2);
    static final Duration ABSENCE_GRACE = Duration.ofSeconds(3);

    private ShortTimes() {}

    /** As environment variables of a process. */
    static Map<String, String> environment() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("CARILLON_DISPATCH_LEASE", millis(LEASE));
        settings.put("CARILLON_DISPATCH_SWEEP", "500ms");
        // Small, so that a few posts are spread over several workers.
        settings.put("CARILLON_DISPATCH_BOUNDS_WAITING", "8");
        settings.put("CARILLON_DISPATCH_BOUNDS_RESERVE", "2");
        settings.put("CARILLON_DISPATCH_BOUNDS_IN_FLIGHT", "12");
        settings.put("CARILLON_DISPATCH_CHUNK", "4");
        settings.put("CARILLON_PUBLISHING_CALL_DEADLINE", millis(CALL_DEADLINE));
        settings.put("CARILLON_PUBLISHING_ABSENCE_GRACE", millis(ABSENCE_GRACE));
        settings.put("CARILLON_PUBLISHING_LOOK_UP_AFTER", "300ms");
        // Enough retries for a database that is away for a while.
        var waits = "200ms" + ",1s".repeat(60);
        settings.put("CARILLON_PUBLISHING_RETRIES_NETWORK", waits);
        settings.put("CARILLON_PUBLISHING_RETRIES_PLATFORM", waits);
        settings.put("CARILLON_PUBLISHING_RETRIES_OURS", waits);
        settings.put("CARILLON_PUBLISHING_BREAKER_FIRST_PAUSE", "500ms");
        settings.put("CARILLON_PUBLISHING_BREAKER_LONGEST_PAUSE", "2s");
        settings.put("CARILLON_WEBHOOKS_TIMEOUT", millis(CALL_DEADLINE));
        settings.put("CARILLON_WEBHOOKS_RETRIES", waits);
        settings.put("CARILLON_DATABASE_DISPATCH_POOL_SIZE", "16");
        return settings;
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }
}
