package dev.carillon.core.pacing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a post wants for the case that it is late.
 *
 * @param grace how late it may still go out, from a minute to 30 days; null for what the workspace has
 * @param onMissed what becomes of it after that; null for what the workspace has
 */
public record LateWish(@Nullable Duration grace, @Nullable OnMissed onMissed) {
    public static final LateWish NONE = new LateWish(null, null);
    public static final int SHORTEST_GRACE_SECONDS = 60;
    public static final int LONGEST_GRACE_SECONDS = 30 * 24 * 3_600;
}
