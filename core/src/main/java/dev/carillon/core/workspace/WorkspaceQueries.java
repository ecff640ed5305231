package dev.carillon.core.workspace;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Optional;

@Singleton
class WorkspaceQueries {
    private static final String ADD_DEFAULT_GROUP = """
            INSERT INTO account_group (id, workspace_id, livemode, name, is_default) VALUES (?, ?, ?, 'Default', true)
            """;
    private static final String START_NUMBERING = """
            INSERT INTO event_sequence (workspace_id, livemode) VALUES (?, ?)
            """;
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('carillon.first-workspace'))";
    private static final String RENAME = "UPDATE workspace SET name = ? WHERE id = ?";
    private static final String OLDEST = "SELECT id FROM workspace ORDER BY id LIMIT 1";

    private final Sql sql;

    WorkspaceQueries(Sql sql) {
        this.sql = sql;
    }

    void addDefaultGroup(AccountGroupId group, WorkspaceId workspace, Mode mode) {
        sql.of(ADD_DEFAULT_GROUP, group, workspace, mode).update();
    }

    void rename(WorkspaceId workspace, String name) {
        sql.of(RENAME, name, workspace).update();
    }

    void startNumbering(WorkspaceId workspace, Mode mode) {
        sql.of(START_NUMBERING, workspace, mode).update();
    }

    /** Lets only one process at a time check whether there is a workspace and create the first one. */
    void lockFirst() {
        sql.of(ONE_AT_A_TIME).one(row -> row);
    }

    Optional<WorkspaceId> findOldest() {
        return sql.of(OLDEST).first(row -> row.id("id", WorkspaceId.KIND));
    }
}
