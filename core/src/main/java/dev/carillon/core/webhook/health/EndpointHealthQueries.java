package dev.carillon.core.webhook.health;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.endpoint.EndpointKind;
import dev.carillon.core.webhook.health.HealthChange.Before;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
class EndpointHealthQueries {
    private static final String LOCK = """
            SELECT id, kind, failing_since, failures, warnings, probing, probes, busy_answers, coalesce(paused_until > ?, false) AS is_paused
            FROM webhook_endpoint
            WHERE id = ANY (?) AND status = 'enabled'
            ORDER BY id FOR NO KEY UPDATE
            """;
    private static final String WRITE = """
            UPDATE webhook_endpoint AS endpoint
            SET failing_since = after.failing_since, failures = after.failures, warnings = after.warnings, probing = after.probing,
                probes = after.probes, busy_answers = after.busy,
                paused_until = CASE WHEN after.anew THEN after.paused_until ELSE greatest(endpoint.paused_until, after.paused_until) END,
                status = CASE WHEN after.reason IS NULL THEN endpoint.status ELSE 'disabled' END,
                status_reason = coalesce(after.reason, endpoint.status_reason),
                disabled_at = CASE WHEN after.reason IS NULL THEN endpoint.disabled_at ELSE ? END
            FROM unnest(?::uuid[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::boolean[], ?::text[])
                AS after (id, failing_since, failures, warnings, probing, probes, busy, paused_until, anew, reason)
            WHERE endpoint.id = after.id
            """;
    private static final String ADD_NOTICES = """
            INSERT INTO webhook_notice (workspace_id, livemode, endpoint_id, kind, failing_since)
            SELECT endpoint.workspace_id, endpoint.livemode, endpoint.id, notice.kind, notice.failing_since
            FROM unnest(?::uuid[], ?::text[], ?::timestamptz[]) AS notice (endpoint_id, kind, failing_since)
            JOIN webhook_endpoint AS endpoint ON endpoint.id = notice.endpoint_id
            """;
    // Urgent deliveries, such as tests, are not delayed by a pause. Lanes are locked in the order of their keys, as
    // claims lock them. A lane without known work stays that way: deliveries that wait for a retry have left a hint.
    private static final String PAUSE_LANES = """
            WITH wanted AS (SELECT * FROM unnest(?::uuid[], ?::timestamptz[], ?::boolean[]) AS wanted (lane_key, until, anew)),
            locked AS (
                SELECT lane.lane_key, lane.urgent, wanted.until, wanted.anew
                FROM delivery_lane AS lane JOIN wanted ON wanted.lane_key = lane.lane_key AND NOT lane.urgent
                ORDER BY lane.lane_key, lane.urgent FOR NO KEY UPDATE OF lane)
            UPDATE delivery_lane AS lane
            SET paused_until = CASE WHEN locked.anew THEN locked.until ELSE greatest(lane.paused_until, locked.until) END,
                next_due_at = CASE WHEN lane.next_due_at IS NULL THEN NULL
                                   WHEN locked.anew THEN coalesce(locked.until, ?)
                                   ELSE greatest(lane.next_due_at, locked.until) END
            FROM locked WHERE lane.lane_key = locked.lane_key AND lane.urgent = locked.urgent
            """;

    private final Sql sql;

    EndpointHealthQueries(Sql sql) {
        this.sql = sql;
    }

    /** The enabled ones, locked until the transaction ends. */
    List<Before> lock(Collection<WebhookEndpointId> endpoints, Instant now) {
        return sql.of(LOCK, now, endpoints).list(EndpointHealthQueries::before);
    }

    private static Before before(Row row) {
        return new Before(
                row.id("id", WebhookEndpointId.KIND),
                EndpointKind.named(row.text("kind")),
                new EndpointHealth(
                        row.instantOrNull("failing_since"),
                        row.integer("failures"),
                        row.integer("warnings"),
                        row.truth("probing"),
                        row.integer("probes"),
                        row.integer("busy_answers")),
                row.truth("is_paused"));
    }

    void write(List<HealthChange> changes, Instant now) {
        sql.of(
                        WRITE,
                        now,
                        Sql.column(changes, HealthChange::endpoint),
                        Sql.column(changes, change -> change.health().failingSince()),
                        Sql.column(changes, change -> change.health().failures()),
                        Sql.column(changes, change -> change.health().warnings()),
                        Sql.column(changes, change -> change.health().probing()),
                        Sql.column(changes, change -> change.health().probes()),
                        Sql.column(changes, change -> change.health().busy()),
                        Sql.column(changes, change -> change.pause().until()),
                        Sql.column(changes, change -> change.pause().anew()),
                        Sql.column(changes, EndpointHealthQueries::reason))
                .update();
    }

    private static @Nullable String reason(HealthChange change) {
        var reason = change.disabled();
        return reason == null ? null : reason.wireName();
    }

    private static @Nullable String news(HealthChange change) {
        var news = change.news();
        return news == null ? null : news.wireName();
    }

    /** Adds notices to be mailed to people. */
    void addNotices(List<HealthChange> changes) {
        sql.of(
                        ADD_NOTICES,
                        Sql.column(changes, HealthChange::endpoint),
                        Sql.column(changes, EndpointHealthQueries::news),
                        Sql.column(changes, HealthChange::failingSince))
                .update();
    }

    /** Pauses lanes, or ends their pauses. */
    void pauseLanes(List<HealthChange> changes, Instant now) {
        sql.of(
                        PAUSE_LANES,
                        Sql.column(changes, HealthChange::endpoint),
                        Sql.column(changes, change -> change.pause().until()),
                        Sql.column(changes, change -> change.pause().anew()),
                        now)
                .update();
    }
}
