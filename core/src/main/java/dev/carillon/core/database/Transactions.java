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
import java.util.concurrent.atomic.AtomicInteger;
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

    /**
     * An open transaction.
     *
     * @param depth of the attempts within attempts
     */
    private record Open(Reach reach, List<Runnable> afterCommit, Debt debt, AtomicInteger depth) {
        Open(Reach reach) {
            this(reach, new ArrayList<>(), new Debt(), new AtomicInteger());
        }
    }

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
        var open = OPEN.get();
        var name = "attempt_" + open.depth().incrementAndGet();
        var before = new Statement("SAVEPOINT " + name);
        owe(before);
        try {
            T result = work.get();
            // What fails belongs to the attempt, not to whatever comes after it.
            open.debt().pay(operations.getConnection());
            owe(new Statement("RELEASE SAVEPOINT " + name));
            return result;
        } catch (RuntimeException e) {
            if (!open.debt().takeBack(before)) {
                open.debt().forget();
                backTo(name);
            }
            throw e;
        } finally {
            open.depth().decrementAndGet();
        }
    }

    private void backTo(String savepoint) {
        try (var statement = operations.getConnection().createStatement()) {
            statement.execute("ROLLBACK TO SAVEPOINT " + savepoint);
        } catch (SQLException e) {
            throw new DatabaseException("savepoint", e);
        }
    }

    /** Leaves a statement for the next round trip of the open transaction. */
    static void owe(Statement statement) {
        OPEN.get().debt().add(statement);
    }

    /** How many statements are left for the next round trip. */
    static int owes() {
        return OPEN.get().debt().size();
    }

    /** What the open transaction owes, for whoever runs it with a statement of his own. */
    static List<Statement> takeOwed() {
        return OPEN.isBound() ? OPEN.get().debt().take() : List.of();
    }

    /** Runs what the open transaction owes, if there is one. */
    static void catchUp(Connection connection) {
        if (OPEN.isBound()) {
            OPEN.get().debt().pay(connection);
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
        var open = new Open(reach);
        T result = ScopedValue.where(OPEN, open)
                .call(() -> operations.executeWrite(status -> {
                    T done = work.get();
                    open.debt().pay(status.getConnection());
                    return done;
                }));
        open.afterCommit().forEach(Runnable::run);
        return result;
    }

    private static void name(String setting, Id owner) {
        owe(new Statement(
                "SELECT set_config(?, ?, true)", setting, owner.value().toString()));
    }
}
