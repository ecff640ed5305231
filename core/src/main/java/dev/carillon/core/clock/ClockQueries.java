package dev.carillon.core.clock;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

@Singleton
class ClockQueries {
    private static final String CLOCKED = "SELECT clocked_workspaces() AS workspace_id";
    private static final String SHOWN = "SELECT shows FROM test_clock WHERE workspace_id = ? AND attached";

    private final Transactions transactions;
    private final Sql sql;

    ClockQueries(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * The workspaces that have a test clock attached.
     *
     * @param asking the workspace for which a transaction may be open
     */
    Set<WorkspaceId> clocked(WorkspaceId asking) {
        return transactions.onBehalfOf(
                asking, () -> Set.copyOf(sql.of(CLOCKED).list(row -> row.id("workspace_id", WorkspaceId.KIND))));
    }

    /**
     * The time of this workspace's clock now; joins the open transaction, and sees changes that were committed in the
     * meantime.
     */
    Optional<Instant> shownTo(WorkspaceId workspace) {
        return transactions.onBehalfOf(workspace, () -> sql.of(SHOWN, workspace).first(row -> row.instant("shows")));
    }
}
