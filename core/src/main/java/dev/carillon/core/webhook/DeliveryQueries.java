package dev.carillon.core.webhook;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.WebhookEndpointId;
import jakarta.inject.Singleton;

@Singleton
class DeliveryQueries {
    // What is claimed at this moment ends with the outcome of its try.
    private static final String SKIP_WAITING = """
            UPDATE webhook_delivery SET status = 'skipped', ended_at = clock_timestamp()
            WHERE endpoint_id = ? AND status = 'scheduled' AND lease_until IS NULL
            """;

    private final Sql sql;

    DeliveryQueries(Sql sql) {
        this.sql = sql;
    }

    void skipWaiting(WebhookEndpointId endpoint) {
        sql.of(SKIP_WAITING, endpoint).update();
    }
}
