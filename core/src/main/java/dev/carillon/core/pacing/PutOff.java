package dev.carillon.core.pacing;

import java.time.Instant;
import java.util.Locale;

/**
 * Why a claimed publication is not begun with now.
 *
 * @param until business time at which it is looked at again
 */
public record PutOff(Instant until, Reason reason) {
    /** What there is to wait for. */
    public enum Reason {
        /** The platform takes no more posts of this identity or app within its window. */
        PLATFORM_LIMIT,
        /** The host keeps failing and is left alone, but for a few trials. */
        HOST_DOWN,
        /** The account had its late posts of this hour. */
        LATE_LIMIT;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
