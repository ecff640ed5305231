package dev.carillon.core.workspace;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import jakarta.inject.Singleton;
import java.util.Map;

/** Counts what wants attention, from the rows themselves: in a workspace for whoever has a key to it, in all of them for operators. */
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
     * @throws dev.carillon.core.kernel.Refusal {@code key_is_bound}
     */
    public WorkspaceHealth of(Actor actor) {
        actor.require(Scope.POSTS_READ);
        actor.requireUnbound("this counts over the whole workspace");
        var tenant = actor.tenant();
        return transactions.inWorkspace(
                actor,
                () -> new WorkspaceHealth(
                        queries.accounts(tenant),
                        queries.overdue(tenant, clocks.now(tenant.workspace(), tenant.mode())),
                        queries.lateness(tenant, WorkspaceHealth.WINDOW)));
    }

    /** What {@link WorkspaceHealth#overdue()} is of all workspaces together, each by its own time. */
    public Map<Mode, Long> overdueEverywhere() {
        return transactions.acrossWorkspaces(() -> queries.overdueEverywhere(clocks.now()));
    }
}
