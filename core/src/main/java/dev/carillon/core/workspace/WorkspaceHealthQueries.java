package dev.carillon.core.workspace;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.workspace.WorkspaceHealth.Lateness;
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
    // Through the accounts, because due rows are indexed by them; what a worker has claimed is indexed by tenant.
    private static final String OVERDUE = """
            SELECT (SELECT count(*) FROM account JOIN publication ON publication.account_id = account.id
                    WHERE account.workspace_id = ? AND account.livemode = ?
                      AND publication.status = 'scheduled' AND publication.lease_until IS NULL AND publication.due_at < ?)
                 + (SELECT count(*) FROM publication
                    WHERE workspace_id = ? AND livemode = ? AND status = 'scheduled' AND lease_until IS NOT NULL AND due_at < ?)
                AS overdue
            """;
    // Of every workspace at once, which may have millions of rows that are not due. So rows are looked for only in
    // lanes that have some:
    // those that can be claimed from, those that are paused, and those of which a hint tells that no dispatcher has
    // read yet.
    // Going through all lanes for the paused ones is cheaper than an index of them, which every claim would have to
    // write.
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
    // The planner expects far more lanes than are due, and would compile for longer than the statement takes.
    private static final String DO_NOT_COMPILE = "SET LOCAL jit = off";
    private static final String LATENESS = """
            SELECT count(*) AS begun,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY late.millis) AS median,
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY late.millis) AS p99
            FROM (SELECT extract(epoch FROM coalesce(attempt.clock_at, attempt.marked_at) - publication.publish_at)::double precision * 1000 AS millis
                  FROM attempt JOIN publication ON publication.id = attempt.publication_id
                  WHERE attempt.marked_at > clock_timestamp() - ? * interval '1 second' AND attempt.number = 1
                    AND publication.parent_publication_id IS NULL
                    AND attempt.workspace_id = ? AND attempt.livemode = ?) AS late
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

    /** In all workspaces together. */
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
}
