package dev.carillon.core.webhook.replay;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.delivery.DeliveryStatus;
import dev.carillon.core.webhook.replay.WebhookReplay.Progress;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, shows and cancels replays. */
@Singleton
class ReplayQueries {
    private static final String ADD = """
            INSERT INTO webhook_replay (id, workspace_id, livemode, endpoint_id, scope, events, since, until, per_second,
                                        status, total, reached, up_to)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?)
            ON CONFLICT (endpoint_id) WHERE status = 'running' DO NOTHING
            RETURNING *
            """;
    private static final String RUNNING = """
            SELECT id FROM webhook_replay WHERE endpoint_id = ? AND workspace_id = ? AND livemode = ? AND status = 'running'
            """;
    private static final String BY_ID = """
            SELECT * FROM webhook_replay WHERE id = ? AND workspace_id = ? AND livemode = ?
            """;
    private static final String LIST = """
            SELECT * FROM webhook_replay
            WHERE endpoint_id = ? AND workspace_id = ? AND livemode = ? AND (?::uuid IS NULL OR id < ?::uuid)
            ORDER BY id DESC
            LIMIT ?
            """;
    private static final String PROGRESS = """
            SELECT status, count(*) AS present FROM webhook_delivery
            WHERE replay_id = ? AND workspace_id = ? AND livemode = ?
            GROUP BY status
            """;
    private static final String CANCEL = """
            UPDATE webhook_replay
            SET status = 'canceled', status_reason = 'requested', ended_at = clock_timestamp(), settled = false,
                next_at = clock_timestamp()
            WHERE id = ? AND workspace_id = ? AND livemode = ? AND status IN ('running', 'done')
            RETURNING *
            """;

    private final Sql sql;

    ReplayQueries(Sql sql) {
        this.sql = sql;
    }

    /** Writes a running replay; empty if another replay of its endpoint is running. */
    Optional<WebhookReplay> add(
            WebhookReplayId id, Tenant tenant, WebhookEndpointId endpoint, WebhookReplay.Plan plan, Range range) {
        return sql.of(
                        ADD,
                        id,
                        tenant.workspace(),
                        tenant.mode(),
                        endpoint,
                        plan.scope().wireName(),
                        plan.events(),
                        plan.since(),
                        plan.until(),
                        plan.perSecond(),
                        range.total(),
                        range.above(),
                        range.upTo())
                .first(ReplayQueries::replay);
    }

    /**
     * The events that a replay covers.
     *
     * @param total how many deliveries there are to send, as far as they were counted
     * @param above the number of the event after which it starts
     * @param upTo the number of the last event that it examines
     */
    record Range(long total, long above, long upTo) {}

    Optional<WebhookReplayId> running(Tenant tenant, WebhookEndpointId endpoint) {
        return sql.of(RUNNING, endpoint, tenant.workspace(), tenant.mode())
                .first(row -> row.id("id", WebhookReplayId.KIND));
    }

    Optional<WebhookReplay> find(Tenant tenant, WebhookReplayId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(ReplayQueries::replay);
    }

    List<WebhookReplay> list(Tenant tenant, WebhookEndpointId endpoint, @Nullable WebhookReplayId after, int limit) {
        return sql.of(LIST, endpoint, tenant.workspace(), tenant.mode(), after, after, limit)
                .list(ReplayQueries::replay);
    }

    Progress progress(WebhookReplay replay) {
        var tenant = replay.tenant();
        Map<DeliveryStatus, Long> counts = new EnumMap<>(DeliveryStatus.class);
        sql.of(PROGRESS, replay.id(), tenant.workspace(), tenant.mode())
                .list(row -> counts.put(DeliveryStatus.named(row.text("status")), row.number("present")));
        return new Progress(
                counts.getOrDefault(DeliveryStatus.DELIVERED, 0L),
                counts.getOrDefault(DeliveryStatus.FAILED, 0L),
                counts.getOrDefault(DeliveryStatus.SKIPPED, 0L),
                counts.getOrDefault(DeliveryStatus.SCHEDULED, 0L));
    }

    /** Cancels the replay, after any step in progress; empty if it is already canceled or does not exist. */
    Optional<WebhookReplay> cancel(Tenant tenant, WebhookReplayId id) {
        return sql.of(CANCEL, id, tenant.workspace(), tenant.mode()).first(ReplayQueries::replay);
    }

    static WebhookReplay replay(Row row) {
        var reason = row.textOrNull("status_reason");
        return new WebhookReplay(
                row.id("id", WebhookReplayId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.id("endpoint_id", WebhookEndpointId.KIND),
                new WebhookReplay.Plan(
                        ReplayScope.named(row.text("scope")),
                        row.texts("events"),
                        row.instant("since"),
                        row.instant("until"),
                        row.integer("per_second")),
                ReplayStatus.named(row.text("status")),
                reason == null ? null : ReplayEnd.named(reason),
                row.number("total"),
                row.number("queued"),
                row.number("restored"),
                row.instant("created_at"),
                row.instantOrNull("ended_at"));
    }
}
