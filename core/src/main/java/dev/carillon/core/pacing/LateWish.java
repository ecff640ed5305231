package dev.carillon.core.pacing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A post's own rule in case it is late.
 *
 * @param grace how late it may still be published, from a minute to 30 days; null for the workspace's value
 * @param misfirePolicy the misfire policy after that; null for the workspace's value
 */
public record LateWish(@Nullable Duration grace, @Nullable MisfirePolicy misfirePolicy) {
    public static final LateWish NONE = new LateWish(null, null);
    public static final int SHORTEST_GRACE_SECONDS = 60;
    public static final int LONGEST_GRACE_SECONDS = 30 * 24 * 3_600;
}
