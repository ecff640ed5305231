package dev.carillon.core.limit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request whose limits are asked for.
 *
 * @param caller whose buckets they are
 * @param verdict what is waited for; completed by hand or cancelled, once
 */
public record Call(String caller, List<Limit> limits, CompletableFuture<Verdict> verdict) {
    /** One whose verdict is still to come. */
    public Call(String caller, List<Limit> limits) {
        this(caller, limits, new CompletableFuture<>());
    }

    public Call {
        limits = List.copyOf(limits);
    }
}
