package dev.carillon.core.database;

import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Opens transactions. Inside one, a further call joins it: it neither commits nor rolls back on its own, and what it throws leaves
 * the decision to whoever opened the transaction. No network call belongs inside.
 */
@Singleton
public class Transactions {
    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private final TransactionOperations<Connection> operations;

    public Transactions(TransactionOperations<Connection> operations) {
        this.operations = operations;
    }

    private sealed interface Scope {
        record OneWorkspace(WorkspaceId workspace) implements Scope {}

        record EveryWorkspace() implements Scope {}

        record NoWorkspace() implements Scope {}
    }

    /**
     * Runs {@code work} where only rows of this workspace can be seen or written.
     *
     * @throws IllegalStateException inside a transaction of another workspace, or of none
     */
    public <T> T inWorkspace(WorkspaceId workspace, Supplier<T> work) {
        if (SCOPE.isBound()) {
            return switch (SCOPE.get()) {
                case Scope.OneWorkspace(var named) when named.equals(workspace) -> work.get();
                case Scope.EveryWorkspace() -> work.get();
                case Scope.OneWorkspace(var named) ->
                    throw new IllegalStateException("a transaction of " + named + " is open, not of " + workspace);
                case Scope.NoWorkspace() -> throw new IllegalStateException("a transaction of no workspace is open");
            };
        }
        return open(new Scope.OneWorkspace(workspace), () -> {
            nameWorkspace(workspace);
            return work.get();
        });
    }

    /**
     * Runs {@code work} across workspaces, as the workers do.
     *
     * @throws IllegalStateException inside a transaction that is fenced
     */
    public <T> T acrossWorkspaces(Supplier<T> work) {
        if (SCOPE.isBound()) {
            if (SCOPE.get() instanceof Scope.EveryWorkspace) {
                return work.get();
            }
            throw new IllegalStateException("a fenced transaction is open");
        }
        return open(new Scope.EveryWorkspace(), work);
    }

    /** Runs {@code work} as the API before it knows a workspace: it reaches only the narrow functions that are made for that. */
    public <T> T withoutWorkspace(Supplier<T> work) {
        return open(new Scope.NoWorkspace(), work);
    }

    public boolean isOpen() {
        return SCOPE.isBound();
    }

    static DatabaseRole currentRole() {
        return SCOPE.isBound() && SCOPE.get() instanceof Scope.EveryWorkspace
                ? DatabaseRole.DISPATCH
                : DatabaseRole.APP;
    }

    private <T> T open(Scope scope, Supplier<T> work) {
        return ScopedValue.where(SCOPE, scope).call(() -> operations.executeWrite(status -> work.get()));
    }

    private void nameWorkspace(WorkspaceId workspace) {
        try (var name =
                operations.getConnection().prepareStatement("SELECT set_config('carillon.workspace', ?, true)")) {
            name.setString(1, workspace.value().toString());
            name.execute();
        } catch (SQLException e) {
            throw new DatabaseException("set_config", e);
        }
    }
}
