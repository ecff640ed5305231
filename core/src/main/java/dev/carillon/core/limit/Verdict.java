package dev.carillon.core.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a request may pass, and how its limits stand after it. One that may not has taken from none of them.
 *
 * @param standings in the order of the limits that were asked for; empty where there are none
 */
public record Verdict(boolean passed, List<Standing> standings) {
    static final Verdict UNLIMITED = new Verdict(true, List.of());

    public Verdict {
        standings = List.copyOf(standings);
    }

    /**
     * How one limit stands.
     *
     * @param remaining requests that it lets pass now
     * @param moreIn how long it takes until there is one more, always positive
     */
    public record Standing(Limit limit, long remaining, Duration moreIn) {
        /** Whole seconds, rounded up and so never 0. */
        public long moreInSeconds() {
            return Math.max(1, Math.ceilDiv(moreIn.toMillis(), 1_000L));
        }
    }

    /** The limit that stands in the way for the longest; empty for a request that may pass. */
    public Optional<Standing> refusedBy() {
        return passed
                ? Optional.empty()
                : standings.stream()
                        .filter(standing -> standing.remaining() == 0)
                        .max(Comparator.comparing(Standing::moreIn));
    }
}
