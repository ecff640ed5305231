package dev.carillon.jobs.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit of a lane.
 *
 * @param perSecond the most rows a second; null for no limit
 * @param probing whether to send one row at a time until it is known whether the others can succeed
 */
record LanePace(@Nullable Integer perSecond, boolean probing) {
    static final LanePace UNBOUND = new LanePace(null, false);

    /** A claim takes a quarter of a second's rows, so that rows are spread over the second. */
    private static final int CLAIMS_PER_SECOND = 4;

    boolean isBound() {
        return probing || perSecond != null;
    }

    /** The most rows for one claim. */
    int mostRows() {
        if (probing) {
            return 1;
        }
        return perSecond == null ? Integer.MAX_VALUE : Math.max(1, perSecond / CLAIMS_PER_SECOND);
    }

    /**
     * How long to pause the lane after a claim.
     *
     * @param lease the pause after a probe, which may take that long; recording its outcome sets when the next one is
     *     due
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
