package dev.carillon.core.job;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.TimeCursor;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Singleton
class JobQueries {
    // Waiting jobs are read lane by lane, in the order of the dispatcher's index: a backlog costs no more than a page.
    private static final String LIST = """
            WITH asked AS (
                SELECT ?::uuid AS workspace_id, ?::boolean AS livemode, ?::uuid AS account_id, ?::timestamptz AS now,
                       coalesce(?::timestamptz, '-infinity') AS after_at,
                       coalesce(?::uuid, '00000000-0000-0000-0000-000000000000') AS after_id),
            mine AS (
                SELECT account.id FROM account, asked
                WHERE account.workspace_id = asked.workspace_id AND account.livemode = asked.livemode
                  AND (asked.account_id IS NULL OR account.id = asked.account_id)),
            open AS (
                SELECT due.* FROM asked, mine CROSS JOIN (VALUES (true), (false)) AS lane (urgent) CROSS JOIN LATERAL (
                    SELECT publication.*, due_at AS since FROM publication
                    WHERE publication.account_id = mine.id AND publication.urgent = lane.urgent
                      AND status = 'scheduled' AND lease_until IS NULL
                      AND due_at <= asked.now AND due_at >= asked.after_at AND (due_at, publication.id) > (asked.after_at, asked.after_id)
                    ORDER BY due_at, publication.id LIMIT ?) AS due
                UNION ALL
                SELECT publication.*, coalesce(due_at, claimed_at, updated_at) FROM publication, asked
                WHERE publication.workspace_id = asked.workspace_id AND publication.livemode = asked.livemode AND lease_until IS NOT NULL
                UNION ALL
                SELECT publication.*, due_at FROM publication, asked
                WHERE publication.workspace_id = asked.workspace_id AND publication.livemode = asked.livemode
                  AND status IN ('processing', 'outcome_unknown') AND lease_until IS NULL AND due_at <= asked.now),
            job AS (
                SELECT open.id, post_id, open.account_id, since, claimed_at, lease_until, attempts,
                    CASE WHEN open.status = 'scheduled' THEN 'publish'
                         WHEN open.status = 'processing' THEN 'poll'
                         WHEN open.status = 'publishing' AND lease_until > clock_timestamp() AND EXISTS (
                             SELECT 1 FROM attempt WHERE publication_id = open.id AND attempt.generation = open.generation) THEN 'publish'
                         ELSE 'settle' END AS kind,
                    CASE WHEN coalesce(lease_until < clock_timestamp(), true) THEN 'waiting'
                         WHEN open.status = 'scheduled' THEN 'claimed'
                         ELSE 'running' END AS job_status
                FROM open
                UNION ALL
                SELECT publication.id, post_id, publication.account_id, platform_command.due_at, NULL, platform_command.lease_until, platform_command.attempts, platform_command.kind,
                    CASE WHEN coalesce(platform_command.lease_until < clock_timestamp(), true) THEN 'waiting' ELSE 'running' END
                FROM asked, platform_command JOIN publication ON publication.id = platform_command.publication_id
                WHERE platform_command.workspace_id = asked.workspace_id AND platform_command.livemode = asked.livemode AND ended_at IS NULL
                  AND (platform_command.lease_until IS NOT NULL OR platform_command.due_at <= clock_timestamp()))
            SELECT id, post_id, job.account_id, kind, job_status, since, claimed_at, lease_until, attempts FROM job, asked
            WHERE job.account_id IN (SELECT id FROM mine) AND (since, id) > (after_at, after_id) AND (?::text IS NULL OR job_status = ?)
            ORDER BY since, id
            LIMIT ?
            """;

    private final Sql sql;

    JobQueries(Sql sql) {
        this.sql = sql;
    }

    List<Job> list(Tenant tenant, JobFilter filter, Instant now, @Nullable TimeCursor after, int limit) {
        var status = filter.status() == null ? null : filter.status().wireName();
        return sql.of(
                        LIST,
                        tenant.workspace(),
                        tenant.mode(),
                        filter.account(),
                        now,
                        after == null ? null : after.at(),
                        after == null ? null : idOf(after),
                        limit,
                        status,
                        status,
                        limit)
                .list(row -> new Job(
                        row.id("id", PublicationId.KIND),
                        row.id("post_id", PostId.KIND),
                        row.id("account_id", AccountId.KIND),
                        Job.Kind.named(row.text("kind")),
                        Job.Status.named(row.text("job_status")),
                        row.instant("since"),
                        row.instantOrNull("claimed_at"),
                        row.instantOrNull("lease_until"),
                        row.integer("attempts")));
    }

    private static UUID idOf(TimeCursor cursor) {
        try {
            return UUID.fromString(cursor.key());
        } catch (IllegalArgumentException e) {
            throw PageRequest.foreignCursor();
        }
    }
}
