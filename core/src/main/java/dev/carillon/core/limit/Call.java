package dev.carillon.core.limit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request whose limits are to be checked.
 *
 * @param caller the owner of the buckets
 * @param decision the pending rate-limit decision; completed explicitly or cancelled, once
 */
public record Call(String caller, List<Limit> limits, CompletableFuture<RateLimitDecision> decision) {
    /** A call that is not decided yet. */
    public Call(String caller, List<Limit> limits) {
        this(caller, limits, new CompletableFuture<>());
    }

    public Call {
        limits = List.copyOf(limits);
    }
}
