package dev.carillon.core.pacing;

import java.time.Instant;
import java.util.Locale;

/**
 * A deferral: why a claimed publication is not published now.
 *
 * @param until business time at which it is due again
 */
public record Deferral(Instant until, Reason reason) {
    /** The reason for the deferral. */
    public enum Reason {
        /** The platform's rate limit allows no more posts of this identity or app within its window. */
        PLATFORM_LIMIT,
        /** The host keeps failing and is paused, except for a few trials. */
        HOST_DOWN,
        /** The account has used up its hourly limit of late posts. */
        LATE_LIMIT;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
