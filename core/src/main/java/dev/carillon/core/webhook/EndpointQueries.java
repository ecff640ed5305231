package dev.carillon.core.webhook;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class EndpointQueries {
    private static final String LOCK_COUNT = """
            SELECT pg_advisory_xact_lock(hashtextextended(?, 0))
            """;
    private static final String COUNT = """
            SELECT count(*) AS present FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
            """;
    private static final String ADD = """
            INSERT INTO webhook_endpoint (id, workspace_id, livemode, url, events, sealed_secret, status, description, metadata, created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'enabled', ?, ?, ?)
            """;
    private static final String BY_ID = """
            SELECT * FROM webhook_endpoint
            WHERE id = ? AND workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
            """;
    private static final String LIST = """
            SELECT * FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
              AND (?::uuid IS NULL OR id < ?::uuid)
            ORDER BY id DESC
            LIMIT ?
            """;
    private static final String DELETE = """
            UPDATE webhook_endpoint SET status = 'deleted'
            WHERE id = ? AND workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
            RETURNING *
            """;
    private static final String ENABLED = """
            SELECT * FROM webhook_endpoint WHERE workspace_id = ? AND livemode = ? AND status = 'enabled'
            """;
    private static final String DISABLE = """
            UPDATE webhook_endpoint SET status = 'disabled' WHERE id = ? AND status = 'enabled'
            RETURNING *
            """;

    private final Sql sql;
    private final Json json;

    EndpointQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /** How many endpoints there are; until the transaction ends nobody else is told. */
    long lockedCount(Tenant tenant) {
        sql.of(LOCK_COUNT, "webhook endpoints " + tenant.workspace() + tenant.mode())
                .one(row -> true);
        return sql.of(COUNT, tenant.workspace(), tenant.mode()).one(row -> row.number("present"));
    }

    void add(WebhookEndpoint endpoint, byte[] sealedSecret) {
        sql.of(
                        ADD,
                        endpoint.id(),
                        endpoint.tenant().workspace(),
                        endpoint.tenant().mode(),
                        endpoint.url(),
                        endpoint.events(),
                        sealedSecret,
                        endpoint.description(),
                        new Jsonb(json.write(endpoint.metadata())),
                        endpoint.createdAt())
                .update();
    }

    Optional<WebhookEndpoint> find(Tenant tenant, WebhookEndpointId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(this::endpoint);
    }

    List<WebhookEndpoint> list(Tenant tenant, @Nullable WebhookEndpointId after, int limit) {
        return sql.of(LIST, tenant.workspace(), tenant.mode(), after, after, limit)
                .list(this::endpoint);
    }

    Optional<WebhookEndpoint> delete(Tenant tenant, WebhookEndpointId id) {
        return sql.of(DELETE, id, tenant.workspace(), tenant.mode()).first(this::endpoint);
    }

    /** All that get events, hidden ones included. */
    List<WebhookEndpoint> enabled(Tenant tenant) {
        return sql.of(ENABLED, tenant.workspace(), tenant.mode()).list(this::endpoint);
    }

    /** The endpoint as it is now; empty when it was not enabled. */
    Optional<WebhookEndpoint> disable(WebhookEndpointId id) {
        return sql.of(DISABLE, id).first(this::endpoint);
    }

    private WebhookEndpoint endpoint(Row row) {
        return new WebhookEndpoint(
                row.id("id", WebhookEndpointId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), Mode.of(row.truth("livemode"))),
                row.text("url"),
                row.texts("events"),
                EndpointStatus.named(row.text("status")),
                row.textOrNull("description"),
                json.readObject(row.text("metadata")),
                row.instant("created_at"));
    }
}
