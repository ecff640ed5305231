package dev.carillon.core.workspace;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.workspace.WorkspaceHealth.Lateness;
import dev.carillon.core.workspace.WorkspaceHealth.Spend;
import dev.carillon.core.workspace.WorkspaceHealth.Webhooks;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

@Singleton
class WorkspaceHealthQueries {
    private static final String ACCOUNTS = """
            SELECT status, count(*) AS accounts FROM account WHERE workspace_id = ? AND livemode = ? GROUP BY status
            """;
    // Joined through the accounts, because due rows are indexed by account; rows that a worker has claimed are indexed
    // by tenant.
    private static final String OVERDUE = """
            SELECT (SELECT count(*) FROM account JOIN publication ON publication.account_id = account.id
                    WHERE account.workspace_id = ? AND account.livemode = ?
                      AND publication.status = 'scheduled' AND publication.lease_until IS NULL AND publication.due_at < ?)
                 + (SELECT count(*) FROM publication
                    WHERE workspace_id = ? AND livemode = ? AND status = 'scheduled' AND lease_until IS NOT NULL AND due_at < ?)
                AS overdue
            """;
    // Covers every workspace at once, which may have millions of rows that are not due. Rows are therefore looked up
    // only in lanes that have some: lanes that can be claimed from, paused lanes, and lanes with a hint that no
    // dispatcher has read yet. Scanning all lanes for the paused ones is cheaper than an index of them, which every
    // claim would have to update.
    private static final String OVERDUE_EVERYWHERE = """
            WITH clock AS (SELECT workspace_id, false AS livemode, shows FROM test_clock WHERE attached),
            lane AS (
                SELECT lane_key, urgent, workspace_id, livemode FROM publication_lane
                WHERE claimable_from <= ? OR (next_due_at IS NOT NULL AND paused_until > coalesce(clock_at, ?))
                UNION
                SELECT lane_key, urgent, workspace_id, livemode FROM publication_hint),
            overdue AS (
                SELECT livemode, waiting.publications
                FROM lane LEFT JOIN clock USING (workspace_id, livemode)
                CROSS JOIN LATERAL (
                    SELECT count(*) AS publications FROM publication
                    WHERE account_id = lane.lane_key AND urgent = lane.urgent AND status = 'scheduled' AND lease_until IS NULL
                      AND due_at < coalesce(clock.shows, ?)) AS waiting
                UNION ALL
                SELECT livemode, count(*)
                FROM publication LEFT JOIN clock USING (workspace_id, livemode)
                WHERE status = 'scheduled' AND lease_until IS NOT NULL AND due_at < coalesce(clock.shows, ?)
                GROUP BY livemode)
            SELECT livemode, coalesce(sum(publications), 0)::bigint AS publications
            FROM (VALUES (true), (false)) AS mode (livemode) LEFT JOIN overdue USING (livemode)
            GROUP BY livemode
            """;
    // The planner expects far more lanes than are due, and would spend more time on JIT compilation than the statement
    // takes.
    private static final String DO_NOT_COMPILE = "SET LOCAL jit = off";
    private static final String LATENESS = """
            SELECT count(*) AS begun,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY late.millis) AS median,
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY late.millis) AS p99
            FROM (SELECT extract(epoch FROM coalesce(attempt.clock_at, attempt.started_at) - publication.publish_at)::double precision * 1000 AS millis
                  FROM attempt JOIN publication ON publication.id = attempt.publication_id
                  WHERE attempt.started_at > clock_timestamp() - ? * interval '1 second' AND attempt.number = 1
                    AND publication.parent_publication_id IS NULL
                    AND attempt.workspace_id = ? AND attempt.livemode = ?) AS late
            """;

    private static final String ENDPOINTS = """
            SELECT status, count(*) AS endpoints FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND kind = 'endpoint' AND status <> 'deleted' GROUP BY status
            """;
    // Joined through the endpoints, because waiting deliveries are indexed by endpoint; claimed and failed ones are
    // indexed by tenant.
    private static final String DELIVERIES = """
            WITH delivery AS (
                SELECT delivery.endpoint_id, delivery.attempts, false AS failed
                FROM webhook_endpoint AS endpoint JOIN webhook_delivery AS delivery ON delivery.endpoint_id = endpoint.id
                WHERE endpoint.workspace_id = ? AND endpoint.livemode = ? AND delivery.status = 'scheduled' AND delivery.lease_until IS NULL
                UNION ALL
                SELECT endpoint_id, attempts, false FROM webhook_delivery
                WHERE workspace_id = ? AND livemode = ? AND lease_until IS NOT NULL AND status = 'scheduled'
                UNION ALL
                SELECT endpoint_id, attempts, true FROM webhook_delivery
                WHERE workspace_id = ? AND livemode = ? AND status = 'failed'
                  AND ended_at > clock_timestamp() - ? * interval '1 second')
            SELECT count(DISTINCT endpoint_id) FILTER (WHERE failed OR attempts > 0) AS failing,
                   count(*) FILTER (WHERE NOT failed) AS waiting,
                   count(*) FILTER (WHERE NOT failed AND attempts > 0) AS retried,
                   count(*) FILTER (WHERE failed) AS failed
            FROM delivery
            """;
    // A meter event is written together with the settlement of the held cost, with the same time and amount, and is
    // found by its time.
    private static final String SPEND = """
            SELECT (SELECT coalesce(sum(amount_micros), 0)::bigint FROM spend_reservation
                    WHERE workspace_id = ? AND livemode = ? AND state = 'reserved' AND currency = 'usd') AS held,
                   (SELECT coalesce(sum(amount_micros), 0)::bigint FROM meter_event
                    WHERE workspace_id = ? AND livemode = ? AND occurred_at >= ? AND currency = 'usd') AS settled
            """;

    private final Sql sql;

    WorkspaceHealthQueries(Sql sql) {
        this.sql = sql;
    }

    Map<String, Long> accounts(Tenant tenant) {
        return sql
                .of(ACCOUNTS, tenant.workspace(), tenant.mode())
                .list(row -> Map.entry(row.text("status"), row.number("accounts")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    long overdue(Tenant tenant, Instant now) {
        return sql.of(OVERDUE, tenant.workspace(), tenant.mode(), now, tenant.workspace(), tenant.mode(), now)
                .one(row -> row.number("overdue"));
    }

    /** Over all workspaces. */
    Map<Mode, Long> overdueEverywhere(Instant now) {
        sql.of(DO_NOT_COMPILE).update();
        return sql
                .of(OVERDUE_EVERYWHERE, now, now, now, now)
                .list(row -> Map.entry(row.mode(), row.number("publications")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Lateness lateness(Tenant tenant, Duration window) {
        return sql.of(LATENESS, window.toSeconds(), tenant.workspace(), tenant.mode())
                .one(row -> new Lateness(row.number("begun"), row.realOrNull("median"), row.realOrNull("p99")));
    }

    Webhooks webhooks(Tenant tenant, Duration failureWindow) {
        var workspace = tenant.workspace();
        var mode = tenant.mode();
        var endpoints = sql
                .of(ENDPOINTS, workspace, mode)
                .list(row -> Map.entry(row.text("status"), row.number("endpoints")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return sql.of(DELIVERIES, workspace, mode, workspace, mode, workspace, mode, failureWindow.toSeconds())
                .one(row -> new Webhooks(
                        endpoints,
                        row.number("failing"),
                        row.number("waiting"),
                        row.number("retried"),
                        row.number("failed")));
    }

    Spend spend(Tenant tenant, Instant since) {
        return sql.of(SPEND, tenant.workspace(), tenant.mode(), tenant.workspace(), tenant.mode(), since)
                .one(row ->
                        new Spend(since, Money.usdMicros(row.number("held")), Money.usdMicros(row.number("settled"))));
    }
}
