package dev.carillon.core.database;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens transactions. Inside one, a further call joins it: it neither commits nor rolls back on its own, and what it throws leaves
 * the decision to whoever opened the transaction. No network call belongs inside.
 */
@Singleton
public class Transactions {
    private static final ScopedValue<Open> OPEN = ScopedValue.newInstance();

    private final TransactionOperations<Connection> operations;
    private final DatabasePools pools;

    public Transactions(TransactionOperations<Connection> operations, DatabasePools pools) {
        this.operations = operations;
        this.pools = pools;
    }

    private sealed interface Reach {
        record OneWorkspace(WorkspaceId workspace) implements Reach {}

        record EveryWorkspace() implements Reach {}

        record OneUser(UserId user) implements Reach {}

        record NoWorkspace() implements Reach {}
    }

    private record Open(Reach reach, List<Runnable> afterCommit) {}

    /**
     * Runs {@code work} where only rows of this workspace can be seen or written.
     *
     * @throws IllegalStateException inside a transaction of another workspace, or of none
     */
    public <T> T inWorkspace(WorkspaceId workspace, Supplier<T> work) {
        if (OPEN.isBound()) {
            return switch (OPEN.get().reach()) {
                case Reach.OneWorkspace(var named) when named.equals(workspace) -> work.get();
                case Reach.EveryWorkspace() -> work.get();
                case Reach.OneWorkspace(var named) ->
                    throw new IllegalStateException("a transaction of " + named + " is open, not of " + workspace);
                case Reach.OneUser(var named) ->
                    throw new IllegalStateException("a transaction of " + named + " is open, of no workspace");
                case Reach.NoWorkspace() -> throw new IllegalStateException("a transaction of no workspace is open");
            };
        }
        return open(new Reach.OneWorkspace(workspace), () -> {
            name("carillon.workspace", workspace);
            return work.get();
        });
    }

    /**
     * Runs {@code work} where, of what belongs to users and not to workspaces, only this user's rows can be seen or written.
     *
     * @throws IllegalStateException inside a transaction of anybody else
     */
    public <T> T asUser(UserId user, Supplier<T> work) {
        if (OPEN.isBound()) {
            if (OPEN.get().reach() instanceof Reach.OneUser(var named) && named.equals(user)) {
                return work.get();
            }
            throw new IllegalStateException("a transaction is open that is not of " + user);
        }
        return open(new Reach.OneUser(user), () -> {
            name("carillon.user", user);
            return work.get();
        });
    }

    /**
     * Runs {@code work} across workspaces, as the workers do.
     *
     * @throws IllegalStateException inside a transaction that is fenced
     */
    public <T> T acrossWorkspaces(Supplier<T> work) {
        if (OPEN.isBound()) {
            if (OPEN.get().reach() instanceof Reach.EveryWorkspace) {
                return work.get();
            }
            throw new IllegalStateException("a fenced transaction is open");
        }
        return open(new Reach.EveryWorkspace(), work);
    }

    /** Runs {@code work} for one workspace in a process of any role: fenced where the process has the login for it. */
    public <T> T onBehalfOf(WorkspaceId workspace, Supplier<T> work) {
        return OPEN.isBound() || pools.has(DatabaseRole.APP) ? inWorkspace(workspace, work) : acrossWorkspaces(work);
    }

    /** Runs {@code work} as the API before it knows a workspace: it reaches only the narrow functions that are made for that. */
    public <T> T withoutWorkspace(Supplier<T> work) {
        return open(new Reach.NoWorkspace(), work);
    }

    /**
     * Runs {@code work} inside the open transaction, so that it can go on without it: when it throws, what it wrote is taken back, and what it
     * threw reaches the caller.
     */
    public <T> T attempt(Supplier<T> work) {
        try {
            var connection = operations.getConnection();
            var before = connection.setSavepoint();
            try {
                T result = work.get();
                connection.releaseSavepoint(before);
                return result;
            } catch (RuntimeException e) {
                connection.rollback(before);
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException("savepoint", e);
        }
    }

    /** Runs {@code hint} once the open transaction has committed, and not at all when it rolls back. */
    public void afterCommit(Runnable hint) {
        OPEN.get().afterCommit().add(hint);
    }

    static DatabaseRole currentRole() {
        return OPEN.isBound() && OPEN.get().reach() instanceof Reach.EveryWorkspace
                ? DatabaseRole.DISPATCH
                : DatabaseRole.APP;
    }

    private <T> T open(Reach reach, Supplier<T> work) {
        var open = new Open(reach, new ArrayList<>());
        T result = ScopedValue.where(OPEN, open).call(() -> operations.executeWrite(status -> work.get()));
        open.afterCommit().forEach(Runnable::run);
        return result;
    }

    private void name(String setting, Id owner) {
        try (var name = operations.getConnection().prepareStatement("SELECT set_config(?, ?, true)")) {
            name.setString(1, setting);
            name.setString(2, owner.value().toString());
            name.execute();
        } catch (SQLException e) {
            throw new DatabaseException("set_config", e);
        }
    }
}
