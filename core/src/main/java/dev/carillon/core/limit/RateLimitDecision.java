package dev.carillon.core.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A rate-limit decision: whether a request may pass, and the state of its limits afterwards. A refused request has
 * taken from none of them.
 *
 * @param standings in the order of the limits that were checked; empty if there are none
 */
public record RateLimitDecision(boolean passed, List<Standing> standings) {
    static final RateLimitDecision UNLIMITED = new RateLimitDecision(true, List.of());

    public RateLimitDecision {
        standings = List.copyOf(standings);
    }

    /**
     * The state of one limit.
     *
     * @param remaining requests that it lets pass now
     * @param moreIn time until one more request is available, always positive
     */
    public record Standing(Limit limit, long remaining, Duration moreIn) {
        /** Whole seconds, rounded up and so never 0. */
        public long moreInSeconds() {
            return Math.max(1, Math.ceilDiv(moreIn.toMillis(), 1_000L));
        }
    }

    /** The exhausted limit that takes longest to recover; empty if the request may pass. */
    public Optional<Standing> refusedBy() {
        return passed
                ? Optional.empty()
                : standings.stream()
                        .filter(standing -> standing.remaining() == 0)
                        .max(Comparator.comparing(Standing::moreIn));
    }
}
