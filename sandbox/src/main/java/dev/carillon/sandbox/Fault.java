package dev.carillon.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a workspace requested.
 *
 * @param account the only account that it affects; null for every account of the workspace
 * @param count the most calls that it affects
 * @param probability that it affects a call, from 0 to 1
 * @param seed of the random draws
 * @param hits how many calls it has affected
 */
record Fault(
        String id,
        String workspace,
        @Nullable String account,
        Trouble trouble,
        int count,
        double probability,
        int seed,
        int hits,
        Instant createdAt) {

    /** Whether the fault affects the call with this number, from 1. */
    boolean strikes(long number) {
        return SplitMix64.share(seed, number) < probability;
    }
}
