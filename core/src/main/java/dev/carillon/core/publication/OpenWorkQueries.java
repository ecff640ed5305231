package dev.carillon.core.publication;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;

@Singleton
class OpenWorkQueries {
    // Reads the rows and not the lanes, which are only a summary; but a publication on a paused lane is not due before
    // the pause ends.
    private static final String NEXT = """
            SELECT EXISTS (SELECT FROM publication WHERE workspace_id = ? AND livemode = ? AND lease_until IS NOT NULL) AS in_hand,
                   least(
                       (SELECT min(greatest(first.due_at, lane.paused_until))
                        FROM account
                        CROSS JOIN (VALUES (false), (true)) AS either (urgent)
                        CROSS JOIN LATERAL (
                            SELECT due_at FROM publication
                            WHERE account_id = account.id AND urgent = either.urgent AND status = 'scheduled' AND lease_until IS NULL
                            ORDER BY due_at LIMIT 1) AS first
                        LEFT JOIN publication_lane AS lane ON lane.lane_key = account.id AND lane.urgent = either.urgent
                        WHERE account.workspace_id = ? AND account.livemode = ?),
                       (SELECT min(due_at) FROM publication
                        WHERE workspace_id = ? AND livemode = ? AND status IN ('processing', 'outcome_unknown') AND lease_until IS NULL),
                       (SELECT min(check_at) FROM publication
                        WHERE workspace_id = ? AND livemode = ? AND check_at IS NOT NULL)) AS due
            """;

    private final Sql sql;

    OpenWorkQueries(Sql sql) {
        this.sql = sql;
    }

    OpenWork.Next next(Tenant tenant) {
        var workspace = tenant.workspace();
        var mode = tenant.mode();
        return sql.of(NEXT, workspace, mode, workspace, mode, workspace, mode, workspace, mode)
                .one(row -> new OpenWork.Next(row.truth("in_hand"), row.instantOrNull("due")));
    }
}
