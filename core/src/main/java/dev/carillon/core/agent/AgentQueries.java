package dev.carillon.core.agent;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class AgentQueries {
    private static final String ADD = """
            INSERT INTO agent (id, workspace_id, name, owner, metadata) VALUES (?, ?, ?, ?, ?)
            """;
    private static final String COUNT = "SELECT count(*) AS agents FROM agent WHERE workspace_id = ?";
    private static final String SHOWN = """
            SELECT agent.*, own.keys, own.last_active_at
            FROM agent CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE revoked_at IS NULL AND coalesce(expires_at > clock_timestamp(), true)) AS keys,
                       max(last_used_at) AS last_active_at
                FROM api_key WHERE agent_id = agent.id AND livemode = ?) AS own
            WHERE agent.workspace_id = ?
            """;
    private static final String BY_ID = SHOWN + " AND agent.id = ?";
    private static final String LIST =
            SHOWN + " AND (?::uuid IS NULL OR agent.id < ?::uuid) ORDER BY agent.id DESC LIMIT ?";
    private static final String CHANGE = """
            UPDATE agent SET name = ?, owner = ?, metadata = ?, updated_at = clock_timestamp() WHERE id = ? AND workspace_id = ?
            """;
    private static final String SWITCH = """
            UPDATE agent SET disabled_at = CASE WHEN ? THEN NULL ELSE clock_timestamp() END, updated_at = clock_timestamp()
            WHERE id = ? AND workspace_id = ? AND (disabled_at IS NULL) <> ?
            """;

    private final Sql sql;
    private final Json json;

    AgentQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    void add(WorkspaceId workspace, AgentId id, AgentDraft draft) {
        sql.of(ADD, id, workspace, draft.name(), draft.owner(), metadata(draft)).update();
    }

    long count(WorkspaceId workspace) {
        return sql.of(COUNT, workspace).one(row -> row.number("agents"));
    }

    Optional<Agent> find(Tenant tenant, AgentId id) {
        return sql.of(BY_ID, tenant.mode(), tenant.workspace(), id).first(this::agent);
    }

    List<Agent> list(Tenant tenant, @Nullable AgentId after, int limit) {
        return sql.of(LIST, tenant.mode(), tenant.workspace(), after, after, limit)
                .list(this::agent);
    }

    void change(WorkspaceId workspace, AgentId id, AgentDraft draft) {
        sql.of(CHANGE, draft.name(), draft.owner(), metadata(draft), id, workspace)
                .update();
    }

    /** False if the agent is in that state already. */
    boolean enable(WorkspaceId workspace, AgentId id, boolean enabled) {
        return sql.of(SWITCH, enabled, id, workspace, enabled).update() == 1;
    }

    private Jsonb metadata(AgentDraft draft) {
        return new Jsonb(json.write(draft.metadata()));
    }

    private Agent agent(Row row) {
        return new Agent(
                row.id("id", AgentId.KIND),
                row.text("name"),
                row.textOrNull("owner"),
                row.instantOrNull("disabled_at"),
                row.number("keys"),
                row.instantOrNull("last_active_at"),
                json.readObject(row.text("metadata")),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
