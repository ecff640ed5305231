package dev.carillon.core.workspace;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** The workspace that an installation begins with, made exactly once however many processes start at the same time. */
@Singleton
public class FirstWorkspace {
    private static final String NAME = "My workspace";
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('carillon.first-workspace'))";
    private static final String OLDEST = "SELECT id FROM workspace ORDER BY id LIMIT 1";

    private final Transactions transactions;
    private final WorkspaceService workspaces;
    private final Sql sql;

    public FirstWorkspace(Transactions transactions, WorkspaceService workspaces, Sql sql) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.sql = sql;
    }

    /** The oldest workspace; a new one on plan {@link Plan#SELF_HOSTED} where there is none. */
    public WorkspaceId findOrCreate() {
        return transactions.acrossWorkspaces(() -> {
            lock();
            return oldest().orElseGet(this::create);
        });
    }

    /**
     * Makes the first workspace and, in the same transaction, what belongs to it; nothing happens where there is a workspace.
     *
     * @param equip runs inside the transaction: when it throws, there is no workspace
     */
    public <T> Optional<T> createOnce(Function<WorkspaceId, T> equip) {
        return transactions.acrossWorkspaces(() -> {
            lock();
            return oldest().isPresent() ? Optional.<T>empty() : Optional.of(equip.apply(create()));
        });
    }

    private WorkspaceId create() {
        return workspaces.create(NAME, Plan.SELF_HOSTED);
    }

    private Optional<WorkspaceId> oldest() {
        return sql.of(OLDEST).first(row -> row.id("id", WorkspaceId.KIND));
    }

    private void lock() {
        sql.of(ONE_AT_A_TIME).one(row -> row);
    }
}
