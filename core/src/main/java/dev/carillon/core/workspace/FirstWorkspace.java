package dev.carillon.core.workspace;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** The first workspace of an installation, created exactly once however many processes start at the same time. */
@Singleton
public class FirstWorkspace {
    private static final String NAME = "My workspace";

    private final Transactions transactions;
    private final WorkspaceService workspaces;
    private final WorkspaceQueries queries;

    public FirstWorkspace(Transactions transactions, WorkspaceService workspaces, WorkspaceQueries queries) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.queries = queries;
    }

    /** The oldest workspace; if there is none, a new one on plan {@link Plan#SELF_HOSTED}. */
    public WorkspaceId findOrCreate() {
        return transactions.acrossWorkspaces(() -> {
            queries.lockFirst();
            return queries.findOldest().orElseGet(this::create);
        });
    }

    /**
     * Creates the first workspace and its contents in one transaction; does nothing if there already is a workspace.
     *
     * @param equip runs inside the transaction: if it throws, no workspace is created
     */
    public <T> Optional<T> createOnce(Function<WorkspaceId, T> equip) {
        return transactions.acrossWorkspaces(() -> {
            queries.lockFirst();
            return queries.findOldest().isPresent() ? Optional.<T>empty() : Optional.of(equip.apply(create()));
        });
    }

    private WorkspaceId create() {
        return workspaces.create(NAME, Plan.SELF_HOSTED);
    }
}
