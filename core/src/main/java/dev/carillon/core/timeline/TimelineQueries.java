package dev.carillon.core.timeline;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.TimeCursor;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Singleton
class TimelineQueries {
    private static final String EXISTS = """
            SELECT EXISTS (SELECT 1 FROM post WHERE id = ? AND workspace_id = ? AND livemode = ?) AS known
            """;
    // Database times are shifted to the time of the tenant's test clock, if there was one. The clock does not move
    // while things happen, so the real distances in time give their order. The key begins with a digit that puts
    // entries with the same time into the order in which they happen, and ends with a part that makes it unique. A
    // state that also has a step is shown only by the step.
    private static final String LIST = """
            WITH part AS (
                SELECT *, CASE WHEN ? THEN coalesce(live_account_id, account_id) ELSE account_id END AS named_id
                FROM publication WHERE post_id = ?),
            try AS (SELECT attempt.*, part.named_id, coalesce(attempt.clock_at - attempt.started_at, interval '0') AS shift
                    FROM part JOIN attempt ON attempt.publication_id = part.id),
            entry (at, key, kind, publication_id, account_id, detail) AS (
                SELECT post.created_at, '0', 'accepted', NULL::uuid, NULL::uuid,
                       jsonb_build_object('api_key', coalesce(api_key_id, live_api_key_id), 'member', member_id,
                                          'publish_at', CASE WHEN first.accounts IS NULL THEN post.publish_at ELSE first.publish_at END,
                                          'publications', coalesce(first.publications, (SELECT count(*) FROM part)),
                                          'accounts', coalesce(first.accounts, (SELECT count(*) FROM part WHERE part.part = 0)))
                FROM post JOIN post_revision AS first ON first.post_id = post.id AND first.number = 1 WHERE post.id = ?
                UNION ALL
                SELECT claimed_at + shift, '1' || publication_id || number, 'claimed', publication_id, named_id,
                       jsonb_build_object('attempt', number, 'worker', worker)
                FROM try WHERE claimed_at IS NOT NULL
                UNION ALL
                SELECT claimed_at, '1' || id || 'now', 'claimed', id, named_id, jsonb_build_object('attempt', attempts + 1)
                FROM part WHERE status = 'scheduled' AND lease_until IS NOT NULL AND claimed_at IS NOT NULL
                UNION ALL
                SELECT started_at + shift, '2' || publication_id || number, 'attempt_started', publication_id, named_id,
                       jsonb_build_object('attempt', number, 'attempt_id', id, 'worker', worker)
                FROM try
                UNION ALL
                SELECT ended_at + shift, '3' || publication_id || number, 'attempt_ended', publication_id, named_id,
                       jsonb_build_object('attempt', number, 'attempt_id', id, 'outcome', outcome, 'code', code, 'reason', message,
                                          'platform_message', platform_message, 'platform_request_id', platform_request_id)
                FROM try WHERE ended_at IS NOT NULL
                UNION ALL
                SELECT coalesce(step.clock_at + coalesce(step.at - (SELECT max(started_at) FROM try WHERE publication_id = part.id
                                                                    AND try.clock_at = step.clock_at), interval '0'), step.at),
                       '4' || step.publication_id || step.id, kind, step.publication_id, named_id, detail
                FROM part JOIN publication_step AS step ON step.publication_id = part.id
                UNION ALL
                SELECT greatest(coalesce(published_at, updated_at), (SELECT max(ended_at + shift) FROM try WHERE publication_id = part.id)),
                       '5' || id, status, id, named_id,
                       jsonb_build_object('permalink', permalink, 'platform_post_id', platform_post_id, 'hold_reason', hold_reason,
                                          'code', failure ->> 'code', 'reason', failure ->> 'message',
                                          'platform_message', failure ->> 'platformMessage')
                FROM part
                WHERE (status IN ('published', 'failed', 'missed', 'canceled', 'outcome_unknown')
                       OR status = 'held' AND hold_reason <> 'waiting_for_parent')
                  AND NOT EXISTS (SELECT 1 FROM publication_step AS step WHERE step.publication_id = part.id AND step.kind = part.status))
            SELECT at, key, kind, publication_id, entry.account_id,
                   jsonb_strip_nulls(detail || jsonb_build_object('part', CASE WHEN root_publication_id IS NOT NULL THEN part.part END)) AS detail
            FROM entry LEFT JOIN part ON part.id = publication_id
            WHERE ?::timestamptz IS NULL OR (at, key COLLATE "C") > (?::timestamptz, ?::text)
            ORDER BY at, key COLLATE "C"
            LIMIT ?
            """;

    private final Sql sql;
    private final Json json;

    TimelineQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /** An entry as stored, without a message. */
    record Recorded(
            Instant at,
            String key,
            String kind,
            @Nullable PublicationId publication,
            @Nullable AccountId account,
            Map<String, Object> detail) {}

    boolean exists(Tenant tenant, PostId id) {
        return sql.of(EXISTS, id, tenant.workspace(), tenant.mode()).one(row -> row.truth("known"));
    }

    /** The recorded entries, with the accounts as callers in this mode see them. */
    List<Recorded> list(PostId post, Mode mode, @Nullable TimeCursor after, int limit) {
        var time = after == null ? null : after.at();
        return sql.of(LIST, mode, post, post, time, time, after == null ? null : after.key(), limit)
                .list(row -> new Recorded(
                        row.instant("at"),
                        row.text("key"),
                        row.text("kind"),
                        row.idOrNull("publication_id", PublicationId.KIND),
                        row.idOrNull("account_id", AccountId.KIND),
                        json.readObject(row.text("detail"))));
    }
}
