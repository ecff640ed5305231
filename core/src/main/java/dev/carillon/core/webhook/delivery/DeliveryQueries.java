package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import jakarta.inject.Singleton;
import java.time.Instant;

@Singleton
public class DeliveryQueries {
    // A delivery that is claimed at this moment ends with the outcome of its attempt.
    private static final String SKIP_WAITING = """
            UPDATE webhook_delivery SET status = 'skipped', ended_at = clock_timestamp()
            WHERE endpoint_id = ? AND status = 'scheduled' AND lease_until IS NULL
            """;

    private static final String HINT = """
            INSERT INTO delivery_hint (workspace_id, livemode, lane_key, due_at) VALUES (?, ?, ?, ?)
            """;

    private final Sql sql;

    DeliveryQueries(Sql sql) {
        this.sql = sql;
    }

    public void skipWaiting(WebhookEndpointId endpoint) {
        sql.of(SKIP_WAITING, endpoint).update();
    }

    /** Tells an endpoint's lane that it has a due delivery. */
    public void hint(Tenant tenant, WebhookEndpointId endpoint, Instant dueAt) {
        sql.of(HINT, tenant.workspace(), tenant.mode(), endpoint, dueAt).update();
    }
}
