package dev.carillon.core.workspace;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Counts what needs attention, directly from the rows: for one workspace for its callers, and over all workspaces for
 * operators.
 */
@Singleton
public class WorkspaceHealthService {
    private final Transactions transactions;
    private final WorkspaceHealthQueries queries;
    private final Clocks clocks;

    WorkspaceHealthService(Transactions transactions, WorkspaceHealthQueries queries, Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.clocks = clocks;
    }

    /**
     * Needs {@code posts.read}.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code key_is_bound}
     */
    public WorkspaceHealth of(Actor actor) {
        actor.require(Scope.POSTS_READ);
        actor.requireUnbound("this covers the whole workspace");
        var tenant = actor.tenant();
        return transactions.inWorkspace(actor, () -> {
            var now = clocks.now(tenant.workspace(), tenant.mode());
            return new WorkspaceHealth(
                    queries.accounts(tenant),
                    queries.overdue(tenant, now),
                    queries.lateness(tenant, WorkspaceHealth.WINDOW),
                    queries.webhooks(tenant, WorkspaceHealth.FAILURE_WINDOW),
                    queries.spend(tenant, startOfMonth(now)));
        });
    }

    private static Instant startOfMonth(Instant now) {
        return now.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
    }

    /** {@link WorkspaceHealth#overdue()} over all workspaces, each by its own time. */
    public Map<Mode, Long> overdueEverywhere() {
        return transactions.acrossWorkspaces(() -> queries.overdueEverywhere(clocks.now()));
    }
}
