package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.webhook.delivery.WaitingDeliveries.Waiting;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

@Singleton
class WaitingQueries {
    // Reads rows only in lanes that have some: lanes that are due, lanes that are paused, and lanes with a hint that no
    // dispatcher has read yet.
    private static final String EVERYWHERE = """
            WITH lane AS (
                SELECT lane_key, urgent, livemode FROM delivery_lane
                WHERE next_due_at <= ? OR (next_due_at IS NOT NULL AND paused_until > ?)
                UNION
                SELECT lane_key, urgent, livemode FROM delivery_hint),
            overdue AS (
                SELECT lane.livemode, sum(waiting.deliveries)::bigint AS deliveries
                FROM lane CROSS JOIN LATERAL (
                    SELECT count(*) AS deliveries FROM webhook_delivery
                    WHERE endpoint_id = lane.lane_key AND urgent = lane.urgent AND status = 'scheduled' AND lease_until IS NULL
                      AND due_at < ?) AS waiting
                GROUP BY lane.livemode),
            endpoint AS (
                SELECT livemode, count(*) FILTER (WHERE status = 'enabled' AND failures > 0) AS failing,
                       count(*) FILTER (WHERE status = 'enabled' AND probing) AS probing, count(*) FILTER (WHERE status = 'disabled') AS disabled
                FROM webhook_endpoint WHERE status <> 'deleted' GROUP BY livemode)
            SELECT livemode, coalesce(overdue.deliveries, 0) AS overdue, coalesce(endpoint.failing, 0) AS failing,
                   coalesce(endpoint.probing, 0) AS probing, coalesce(endpoint.disabled, 0) AS disabled
            FROM (VALUES (true), (false)) AS mode (livemode) LEFT JOIN overdue USING (livemode) LEFT JOIN endpoint USING (livemode)
            """;
    // The planner expects far more lanes than are due, and JIT compilation would take longer than the statement.
    private static final String DO_NOT_COMPILE = "SET LOCAL jit = off";

    private final Sql sql;

    WaitingQueries(Sql sql) {
        this.sql = sql;
    }

    Map<Mode, Waiting> everywhere(Instant now) {
        sql.of(DO_NOT_COMPILE).update();
        return sql
                .of(EVERYWHERE, now, now, now)
                .list(row -> Map.entry(
                        row.mode(),
                        new Waiting(
                                row.number("overdue"),
                                row.number("failing"),
                                row.number("probing"),
                                row.number("disabled"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
