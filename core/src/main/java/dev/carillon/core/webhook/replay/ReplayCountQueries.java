package dev.carillon.core.webhook.replay;

import dev.carillon.core.database.Sql;
import dev.carillon.core.event.EventNumbers.Stretch;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.delivery.DeliveryConditions;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Counts what a replay will send, up to a bound; reads each type, or status, from its own index. */
@Singleton
class ReplayCountQueries {
    private static final String FITS = """
            event.workspace_id = ? AND event.livemode = ? AND event.sequence > ? AND event.sequence <= ?
            AND event.created_at >= ? AND event.created_at < ?""";
    private static final String EVENTS = """
            SELECT count(*) AS present FROM (
                SELECT FROM unnest(?::text[]) AS wanted (type)
                CROSS JOIN LATERAL (
                    SELECT FROM event
                    WHERE event.type = wanted.type AND %s
                      AND (event.type <> 'webhook_endpoint.test' OR event.object_id = ?)
                    LIMIT ?) AS fitting
                LIMIT ?) AS counted
            """.formatted(FITS);
    // No delivery is older than its event, so only deliveries created since the requested time are read. Under a test
    // clock, an event's time says nothing about that.
    private static final String DELIVERIES = """
            SELECT count(*) AS present FROM (
                SELECT FROM unnest(ARRAY['failed', 'skipped']) AS ended (status)
                CROSS JOIN LATERAL (
                    SELECT FROM webhook_delivery AS delivery JOIN event ON event.id = delivery.event_id
                    WHERE delivery.endpoint_id = ? AND delivery.status = ended.status AND delivery.created_at >= ?
                      AND event.type = ANY (?::text[]) AND %s
                    LIMIT ?) AS fitting
                LIMIT ?) AS counted
            """.formatted(FITS);

    private final Sql sql;

    ReplayCountQueries(Sql sql) {
        this.sql = sql;
    }

    long count(Tenant tenant, WebhookEndpointId endpoint, WebhookReplay.Plan plan, Stretch stretch) {
        return switch (plan.scope()) {
            case ALL -> events(tenant, endpoint, plan, stretch);
            case FAILED -> deliveries(tenant, endpoint, plan, stretch);
        };
    }

    private long events(Tenant tenant, WebhookEndpointId endpoint, WebhookReplay.Plan plan, Stretch stretch) {
        return sql.of(
                        EVENTS,
                        plan.types(),
                        tenant.workspace(),
                        tenant.mode(),
                        stretch.above(),
                        stretch.upTo(),
                        plan.since(),
                        plan.until(),
                        endpoint.toString(),
                        WebhookReplay.COUNTED,
                        WebhookReplay.COUNTED)
                .one(row -> row.number("present"));
    }

    private long deliveries(Tenant tenant, WebhookEndpointId endpoint, WebhookReplay.Plan plan, Stretch stretch) {
        var madeSince = tenant.mode().livemode() ? plan.since().minus(DeliveryConditions.APART) : Instant.EPOCH;
        return sql.of(
                        DELIVERIES,
                        endpoint,
                        madeSince,
                        plan.types(),
                        tenant.workspace(),
                        tenant.mode(),
                        stretch.above(),
                        stretch.upTo(),
                        plan.since(),
                        plan.until(),
                        WebhookReplay.COUNTED,
                        WebhookReplay.COUNTED)
                .one(row -> row.number("present"));
    }
}
