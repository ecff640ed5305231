package dev.carillon.core.workspace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.sealing.WorkspaceKeys;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;

/** Creates workspaces and looks up their plans. */
@Singleton
public class WorkspaceService {
    private final Transactions transactions;
    private final WorkspaceRepository workspaces;
    private final PlanRepository plans;
    private final WorkspaceKeys keys;
    private final WorkspaceQueries queries;
    private final Ids ids;
    private final Clocks clocks;
    private final Cache<WorkspaceId, Plan> recent = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    public WorkspaceService(
            Transactions transactions,
            WorkspaceRepository workspaces,
            PlanRepository plans,
            WorkspaceKeys keys,
            WorkspaceQueries queries,
            Ids ids,
            Clocks clocks) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.plans = plans;
        this.keys = keys;
        this.queries = queries;
        this.ids = ids;
        this.clocks = clocks;
    }

    /** Creates a workspace with its own data key and a default account group in each mode. */
    public WorkspaceId create(String name, String planId) {
        return create(name, planId, workspace -> {});
    }

    /**
     * Like {@code create}, with additional contents.
     *
     * @param equip runs inside the transaction: if it throws, no workspace is created
     */
    public WorkspaceId create(String name, String planId, Consumer<WorkspaceId> equip) {
        var workspace = ids.next(WorkspaceId.KIND);
        return transactions.inWorkspace(workspace, () -> {
            workspaces.save(new Workspace(workspace.value(), name, planId, clocks.now()));
            keys.create(workspace);
            for (var mode : Mode.values()) {
                queries.addDefaultGroup(ids.next(AccountGroupId.KIND), workspace, mode);
                queries.startNumbering(workspace, mode);
            }
            equip.accept(workspace);
            return workspace;
        });
    }

    public boolean exists(WorkspaceId workspace) {
        return transactions.inWorkspace(
                workspace, () -> workspaces.findById(workspace.value()).isPresent());
    }

    public Workspace get(WorkspaceId workspace) {
        return transactions.inWorkspace(workspace, () -> workspaces
                .findById(workspace.value())
                .orElseThrow(() -> new IllegalStateException("no workspace " + workspace)));
    }

    /** Renames it, to a name of 1 to 100 characters. */
    public void rename(WorkspaceId workspace, String name) {
        transactions.inWorkspace(workspace, () -> {
            queries.rename(workspace, name);
            return workspace;
        });
    }

    public Plan plan(WorkspaceId workspace) {
        return transactions.inWorkspace(workspace, () -> plans.of(workspace));
    }

    /** Its plan, at most a second old; for use in every request. */
    public Plan recentPlan(WorkspaceId workspace) {
        var known = recent.getIfPresent(workspace);
        if (known != null) {
            return known;
        }
        var plan = plan(workspace);
        recent.put(workspace, plan);
        return plan;
    }
}
