package dev.carillon.core.webhook;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Singleton
class DeliveryQueries {
    private static final String HINT = """
            INSERT INTO delivery_hint (workspace_id, livemode, lane_key, due_at) VALUES (?, ?, ?, ?)
            """;
    // The lease is drawn anew: between claim and try a job may have waited for a free thread.
    private static final String TAKE = """
            UPDATE webhook_delivery AS delivery SET lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM webhook_endpoint AS endpoint, event
            WHERE delivery.event_id = ? AND delivery.endpoint_id = ? AND delivery.generation = ?
              AND delivery.status = 'scheduled' AND delivery.lease_until IS NOT NULL
              AND endpoint.id = delivery.endpoint_id AND event.id = delivery.event_id
            RETURNING delivery.workspace_id, delivery.livemode, delivery.tries + 1 AS number, endpoint.url,
                      endpoint.status AS endpoint_status, endpoint.sealed_secret, event.body, clock_timestamp() AS started_at
            """;
    private static final String END_TRY = """
            UPDATE webhook_delivery
            SET status = ?, tries = ?, due_at = coalesce(?, due_at), lease_until = NULL,
                ended_at = CASE WHEN ? <> 'scheduled' THEN clock_timestamp() END
            WHERE event_id = ? AND endpoint_id = ? AND generation = ? AND status = 'scheduled'
            """;
    private static final String ADD_TRY = """
            INSERT INTO webhook_try (event_id, endpoint_id, number, workspace_id, livemode, started_at, outcome, status_code, duration_ms, reply)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    // What is claimed at this moment ends with the outcome of its try.
    private static final String SKIP_WAITING = """
            UPDATE webhook_delivery SET status = 'skipped', ended_at = clock_timestamp()
            WHERE endpoint_id = ? AND status = 'scheduled' AND lease_until IS NULL
            """;

    private final Sql sql;

    DeliveryQueries(Sql sql) {
        this.sql = sql;
    }

    void hint(Tenant tenant, WebhookEndpointId endpoint, Instant dueAt) {
        sql.of(HINT, tenant.workspace(), tenant.mode(), endpoint, dueAt).update();
    }

    <T> Optional<T> take(
            EventId event, WebhookEndpointId endpoint, long generation, Duration lease, Function<Row, T> map) {
        return sql.of(TAKE, lease.toMillis(), event, endpoint, generation).first(map);
    }

    /** Ends the try that {@code delivery} is; false when another claim has taken it meanwhile. */
    boolean end(
            EventId event,
            WebhookEndpointId endpoint,
            long generation,
            int tries,
            DeliveryStatus status,
            @Nullable Instant dueAt) {
        return sql.of(END_TRY, status.wireName(), tries, dueAt, status.wireName(), event, endpoint, generation)
                        .update()
                == 1;
    }

    void addTry(
            DueDelivery delivery, String outcome, @Nullable Integer statusCode, Duration took, @Nullable String reply) {
        sql.of(
                        ADD_TRY,
                        delivery.event(),
                        delivery.endpoint(),
                        delivery.number(),
                        delivery.tenant().workspace(),
                        delivery.tenant().mode(),
                        delivery.startedAt(),
                        outcome,
                        statusCode,
                        Math.toIntExact(took.toMillis()),
                        reply)
                .update();
    }

    void skipWaiting(WebhookEndpointId endpoint) {
        sql.of(SKIP_WAITING, endpoint).update();
    }
}
