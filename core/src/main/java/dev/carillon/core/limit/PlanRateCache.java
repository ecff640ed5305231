package dev.carillon.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The rates of workspaces' plans, for callers whose key does not carry its rates. */
@Singleton
public class PlanRateCache {
    private final Transactions transactions;
    private final PlanRateQueries queries;

    // A change of plan, or of a plan's rates, takes effect within a second.
    private final Cache<WorkspaceId, PlanRates> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMillis(800))
            .build();

    PlanRateCache(Transactions transactions, PlanRateQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    public PlanRates of(WorkspaceId workspace) {
        return known.get(workspace, unknown -> transactions.inWorkspace(workspace, () -> queries.of(workspace)));
    }
}
