package dev.carillon.core.database;

import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens transactions. A nested call joins the open transaction: it neither commits nor rolls back by itself, and its
 * exceptions leave that decision to the code that opened the transaction. Make no network call inside a transaction.
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
        /** {@code bounds} as the database reads them; null for the whole workspace. */
        record OneWorkspace(WorkspaceId workspace, @Nullable String bounds) implements Reach {
            /** Whether this reach is within the wanted one. */
            boolean isWithin(OneWorkspace wanted) {
                return workspace.equals(wanted.workspace) && (wanted.bounds == null || wanted.bounds.equals(bounds));
            }
        }

        record EveryWorkspace() implements Reach {}

        record OneUser(UserId user) implements Reach {}

        record NoWorkspace() implements Reach {}
    }

    /**
     * An open transaction.
     *
     * @param depth number of nested savepoints
     * @param beyond number of nested calls that have lifted the caller's bounds
     */
    private record Open(
            Reach reach,
            List<Runnable> afterCommit,
            DeferredStatements deferred,
            AtomicInteger depth,
            AtomicInteger beyond) {
        Open(Reach reach) {
            this(reach, new ArrayList<>(), new DeferredStatements(), new AtomicInteger(), new AtomicInteger());
        }
    }

    /**
     * Runs {@code work} where only rows of this workspace can be seen or written. Use it for the system's own work;
     * work on behalf of a caller runs in {@link #inWorkspace(WorkspaceScoped, Supplier)}.
     *
     * @throws IllegalStateException inside a transaction of another workspace, or of none
     */
    public <T> T inWorkspace(WorkspaceId workspace, Supplier<T> work) {
        return inWorkspace(new Reach.OneWorkspace(workspace, null), work);
    }

    /**
     * Runs {@code work} where only rows of the caller's workspace can be seen or written, and where accounts, groups,
     * posts and publications are limited to the caller's bounds. After a deadlock {@code work} runs again, so its only
     * side effects must be its writes in this transaction.
     *
     * @throws IllegalStateException inside a transaction with a different reach
     */
    public <T> T inWorkspace(WorkspaceScoped caller, Supplier<T> work) {
        var wanted = new Reach.OneWorkspace(caller.workspace(), boundsOf(caller));
        return OPEN.isBound() ? inWorkspace(wanted, work) : Deadlocks.despite(() -> inWorkspace(wanted, work));
    }

    private <T> T inWorkspace(Reach.OneWorkspace wanted, Supplier<T> work) {
        if (OPEN.isBound()) {
            return switch (OPEN.get().reach()) {
                case Reach.OneWorkspace open when open.isWithin(wanted) -> work.get();
                case Reach.EveryWorkspace() when wanted.bounds() == null -> work.get();
                case Reach.OneWorkspace open ->
                    throw new IllegalStateException(
                            "a transaction for " + open + " is open; expected one for " + wanted);
                case Reach.EveryWorkspace() ->
                    throw new IllegalStateException("a transaction without bounds is open; expected one for " + wanted);
                case Reach.OneUser(var named) ->
                    throw new IllegalStateException(
                            "a transaction for " + named + " is open; expected one for a workspace");
                case Reach.NoWorkspace() ->
                    throw new IllegalStateException(
                            "a transaction without a workspace is open; expected one for a workspace");
            };
        }
        return open(wanted, () -> {
            isolate(wanted);
            return work.get();
        });
    }

    /**
     * Runs {@code work} where, among the rows that belong to users rather than workspaces, only this user's can be seen
     * or written.
     *
     * @throws IllegalStateException inside any other transaction
     */
    public <T> T asUser(UserId user, Supplier<T> work) {
        if (OPEN.isBound()) {
            if (OPEN.get().reach() instanceof Reach.OneUser(var named) && named.equals(user)) {
                return work.get();
            }
            throw new IllegalStateException("another transaction is open; expected one for " + user);
        }
        return open(new Reach.OneUser(user), () -> {
            name(user);
            return work.get();
        });
    }

    /** Whether the open transaction sees only what is within a caller's bounds. */
    public boolean isBounded() {
        return OPEN.isBound()
                && OPEN.get().reach() instanceof Reach.OneWorkspace(var workspace, var bounds)
                && bounds != null;
    }

    /**
     * Runs {@code work} inside the open transaction on the whole workspace. This is for internal bookkeeping whose rows
     * are never shown to a caller with bounds.
     */
    public <T> T beyondBounds(Supplier<T> work) {
        if (!isBounded()) {
            return work.get();
        }
        var open = OPEN.get();
        var isolated = (Reach.OneWorkspace) open.reach();
        if (open.beyond().getAndIncrement() == 0) {
            isolate(new Reach.OneWorkspace(isolated.workspace(), null));
        }
        try {
            return work.get();
        } finally {
            // Deferred like the first setting, so that everything deferred or run in between executes between the two.
            // A rollback to a savepoint also rolls back the setting.
            if (open.beyond().decrementAndGet() == 0) {
                isolate(isolated);
            }
        }
    }

    /**
     * Runs {@code work} across workspaces, as the workers do.
     *
     * @throws IllegalStateException inside any other transaction
     */
    public <T> T acrossWorkspaces(Supplier<T> work) {
        if (OPEN.isBound()) {
            if (OPEN.get().reach() instanceof Reach.EveryWorkspace) {
                return work.get();
            }
            throw new IllegalStateException("another transaction is open; expected one across workspaces");
        }
        return open(new Reach.EveryWorkspace(), work);
    }

    /**
     * Runs {@code work} for one workspace in a process of any role; row-level security applies where the process has
     * the login for it.
     */
    public <T> T onBehalfOf(WorkspaceId workspace, Supplier<T> work) {
        return OPEN.isBound() || pools.has(DatabaseRole.APP) ? inWorkspace(workspace, work) : acrossWorkspaces(work);
    }

    /**
     * Runs {@code work} for the API before it knows the workspace: only the narrow functions made for that purpose are
     * reachable.
     */
    public <T> T withoutWorkspace(Supplier<T> work) {
        return open(new Reach.NoWorkspace(), work);
    }

    /**
     * Runs {@code work} inside the open transaction behind a savepoint, so that the transaction can continue without
     * it: if {@code work} throws, its writes are rolled back and the exception reaches the caller.
     */
    public <T> T attempt(Supplier<T> work) {
        return attemptDeferring(() -> {
            T result = work.get();
            // A statement that fails must fail here, not after the savepoint.
            OPEN.get().deferred().flush(operations.getConnection());
            return result;
        });
    }

    /**
     * Like {@code attempt}, for callers that never continue after a database error: statements still deferred when
     * {@code work} ends stay deferred, and if one of them fails, the whole transaction fails.
     */
    public <T> T attemptDeferring(Supplier<T> work) {
        var open = OPEN.get();
        var name = "attempt_" + open.depth().incrementAndGet();
        var before = new Statement("SAVEPOINT " + name);
        owe(before);
        try {
            T result = work.get();
            owe(new Statement("RELEASE SAVEPOINT " + name));
            return result;
        } catch (RuntimeException e) {
            if (!open.deferred().takeBack(before)) {
                open.deferred().discard();
                backTo(name, e);
            }
            throw e;
        } finally {
            open.depth().decrementAndGet();
        }
    }

    /** Rolls back to the savepoint and releases it, so that no later savepoint is confused with it. */
    private void backTo(String savepoint, RuntimeException cause) {
        try (var statement = operations.getConnection().createStatement()) {
            statement.execute("ROLLBACK TO SAVEPOINT %s; RELEASE SAVEPOINT %s".formatted(savepoint, savepoint));
        } catch (SQLException e) {
            var failed = new DatabaseException("savepoint", e);
            failed.addSuppressed(cause);
            throw failed;
        }
    }

    /** Defers a statement to the next round trip of the open transaction. */
    static void owe(Statement statement) {
        OPEN.get().deferred().add(statement);
    }

    /** How many statements are deferred to the next round trip. */
    static int deferredCount() {
        return OPEN.get().deferred().size();
    }

    /** Removes and returns the open transaction's deferred statements; the caller runs them with its own statement. */
    static List<Statement> takeDeferred() {
        return OPEN.isBound() ? OPEN.get().deferred().take() : List.of();
    }

    /** Flushes the open transaction's deferred statements, if there is a transaction. */
    static void catchUp(Connection connection) {
        if (OPEN.isBound()) {
            OPEN.get().deferred().flush(connection);
        }
    }

    /** Runs {@code hint} after the open transaction has committed, and not at all if it rolls back. */
    public void afterCommit(Runnable hint) {
        OPEN.get().afterCommit().add(hint);
    }

    static DatabaseRole currentRole() {
        return OPEN.isBound() && OPEN.get().reach() instanceof Reach.EveryWorkspace
                ? DatabaseRole.DISPATCH
                : DatabaseRole.APP;
    }

    private <T> T open(Reach reach, Supplier<T> work) {
        var open = new Open(reach);
        T result = ScopedValue.where(OPEN, open)
                .call(() -> operations.executeWrite(status -> {
                    T done = work.get();
                    if (status.isNewTransaction()) {
                        open.deferred().flushAndCommit(status.getConnection());
                    } else {
                        open.deferred().flush(status.getConnection());
                    }
                    return done;
                }));
        open.afterCommit().forEach(Runnable::run);
        return result;
    }

    private static @Nullable String boundsOf(WorkspaceScoped caller) {
        var ids = caller.keepsTo();
        return ids == null
                ? null
                : ids.stream().map(id -> id.value().toString()).sorted().collect(Collectors.joining(",", "{", "}"));
    }

    private static void isolate(Reach.OneWorkspace reach) {
        owe(new Statement(
                "SELECT set_config('carillon.workspace', ?, true), set_config('carillon.bounds', ?, true)",
                reach.workspace().value().toString(),
                reach.bounds() == null ? "" : reach.bounds()));
    }

    private static void name(UserId user) {
        owe(new Statement(
                "SELECT set_config('carillon.user', ?, true)", user.value().toString()));
    }
}
