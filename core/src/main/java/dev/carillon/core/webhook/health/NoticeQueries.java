package dev.carillon.core.webhook.health;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.endpoint.DisabledReason;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import dev.carillon.core.webhook.health.HealthChange.News;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

@Singleton
class NoticeQueries {
    // Taking a notice postpones it first, so that no other process mails it in the meantime, and it becomes due again
    // if this process dies.
    private static final String TAKE_NEXT = """
            WITH next AS (
                SELECT id FROM webhook_notice WHERE next_at <= clock_timestamp()
                ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE webhook_notice AS notice
                SET attempts = notice.attempts + 1,
                    next_at = clock_timestamp() + least(interval '1 hour', interval '1 minute' * power(2, least(notice.attempts, 10)))
                FROM next WHERE notice.id = next.id
                RETURNING notice.*)
            SELECT taken.id, taken.kind, taken.workspace_id, workspace.name, taken.livemode, taken.endpoint_id, endpoint.host, endpoint.status,
                   endpoint.status_reason, taken.failing_since, taken.told,
                   taken.created_at < clock_timestamp() - ? * interval '1 second' AS old
            FROM taken JOIN workspace ON workspace.id = taken.workspace_id JOIN webhook_endpoint AS endpoint ON endpoint.id = taken.endpoint_id
            """;
    private static final String TOLD = """
            UPDATE webhook_notice SET told = array_append(told, ?) WHERE id = ?
            """;
    private static final String REMOVE = "DELETE FROM webhook_notice WHERE id = ?";

    private final Sql sql;

    NoticeQueries(Sql sql) {
        this.sql = sql;
    }

    /** The next due notice. It becomes due again after a wait that grows each time it is taken. */
    Optional<Notice> takeNext(Duration old) {
        return sql.of(TAKE_NEXT, old.toSeconds()).first(NoticeQueries::notice);
    }

    void told(Notice notice, UserId user) {
        sql.of(TOLD, user, notice.id()).update();
    }

    void remove(Notice notice) {
        sql.of(REMOVE, notice.id()).update();
    }

    private static Notice notice(Row row) {
        var reason = row.textOrNull("status_reason");
        return new Notice(
                row.number("id"),
                News.named(row.text("kind")),
                row.id("workspace_id", WorkspaceId.KIND),
                row.text("name"),
                row.mode(),
                row.id("endpoint_id", WebhookEndpointId.KIND),
                row.text("host"),
                EndpointStatus.named(row.text("status")) == EndpointStatus.DELETED,
                reason == null ? null : DisabledReason.named(reason),
                row.instantOrNull("failing_since"),
                row.ids("told", UserId.KIND),
                row.truth("old"));
    }
}
