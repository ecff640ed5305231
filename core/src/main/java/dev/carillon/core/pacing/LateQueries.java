package dev.carillon.core.pacing;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Platform;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

@Singleton
class LateQueries {
    // A publication that was attempted is late because of its platform and has its retries, unless it was held in the
    // meantime.
    private static final String CANDIDATES = """
            SELECT publication.id, publication.workspace_id, publication.livemode, publication.account_id, publication.platform,
                   coalesce(publication.late_since, publication.due_at) AS since,
                   coalesce(post.grace_seconds, workspace.grace_seconds) AS grace_seconds,
                   coalesce(post.misfire_policy, workspace.misfire_policy) AS misfire_policy, workspace.late_per_account_hour
            FROM unnest(?::uuid[], ?::bigint[]) AS claim (id, generation)
            JOIN publication ON publication.id = claim.id AND publication.generation = claim.generation
            JOIN post ON post.id = publication.post_id
            JOIN workspace ON workspace.id = publication.workspace_id
            LEFT JOIN test_clock AS clock
                ON clock.workspace_id = publication.workspace_id AND clock.attached AND NOT publication.livemode
            WHERE publication.status = 'scheduled' AND coalesce(publication.lease_until > clock_timestamp(), false)
              AND (publication.attempts = 0 OR publication.late_since IS NOT NULL)
              AND coalesce(publication.late_since, publication.due_at)
                  < coalesce(clock.shows, ?::timestamptz) - ? * interval '1 second'
            ORDER BY since, publication.id
            """;
    private static final String RULE = """
            SELECT grace_seconds, misfire_policy, late_per_account_hour FROM workspace WHERE id = ?
            """;
    private static final String CHANGE = """
            UPDATE workspace SET grace_seconds = ?, misfire_policy = ?, late_per_account_hour = ? WHERE id = ?
            """;

    private final Sql sql;

    LateQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * The claimed publications that are late by more than {@code unnoticed}, the oldest first.
     *
     * @param now real time; publications with a test clock use that instead
     */
    List<LateCandidate> candidates(
            List<PublicationId> claimed, List<Long> generations, Instant now, Duration unnoticed) {
        return sql.of(CANDIDATES, claimed, generations, now, unnoticed.toSeconds())
                .list(row -> new LateCandidate(
                        row.id("id", PublicationId.KIND),
                        new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                        row.id("account_id", AccountId.KIND),
                        Platform.named(row.text("platform")).orElseThrow(),
                        row.instant("since"),
                        rule(row)));
    }

    LateRule rule(WorkspaceId workspace) {
        return sql.of(RULE, workspace).one(LateQueries::rule);
    }

    void change(WorkspaceId workspace, LateRule rule) {
        sql.of(CHANGE, rule.grace().toSeconds(), rule.misfirePolicy().wireName(), rule.perAccountHour(), workspace)
                .update();
    }

    private static LateRule rule(Row row) {
        return new LateRule(
                Duration.ofSeconds(row.integer("grace_seconds")),
                MisfirePolicy.named(row.text("misfire_policy")).orElseThrow(),
                row.integer("late_per_account_hour"));
    }
}
