package dev.carillon.jobs.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast a lane may go.
 *
 * @param perSecond rows a second at most; null for no bound
 * @param probing whether one row at a time is to show if the others have a chance
 */
record LanePace(@Nullable Integer perSecond, boolean probing) {
    static final LanePace UNBOUND = new LanePace(null, false);

    /** A claim takes what goes out in a quarter of a second, so that rows are spread over the second. */
    private static final int CLAIMS_PER_SECOND = 4;

    boolean isBound() {
        return probing || perSecond != null;
    }

    /** What one claim may take. */
    int mostRows() {
        if (probing) {
            return 1;
        }
        return perSecond == null ? Integer.MAX_VALUE : Math.max(1, perSecond / CLAIMS_PER_SECOND);
    }

    /**
     * How long nothing more may be taken.
     *
     * @param lease a probe is waited for as long as it may last; whoever records what came of it says when the next one is due
     */
    Duration pauseAfter(long rows, Duration lease) {
        if (rows == 0) {
            return Duration.ZERO;
        }
        if (probing) {
            return lease;
        }
        return perSecond == null ? Duration.ZERO : Duration.ofSeconds(rows).dividedBy(perSecond);
    }
}
