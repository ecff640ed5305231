package dev.carillon.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that a workspace asked for.
 *
 * @param account the only account that it strikes; null for every one of the workspace
 * @param count how many calls it strikes at most
 * @param probability with which it strikes a call, from 0 to 1
 * @param seed from which the draws follow
 * @param hits how many calls it has struck
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

    /** Whether the call with this number, from 1, is struck. */
    boolean strikes(long number) {
        return Draws.share(seed, number) < probability;
    }
}
