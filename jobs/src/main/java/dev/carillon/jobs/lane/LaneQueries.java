package dev.carillon.jobs.lane;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The statements of a claim, for one kind of lane. They rely on READ COMMITTED: lanes are locked by one statement and read by later
 * ones, whose snapshots therefore hold everything that reached a lane before it was locked.
 */
final class LaneQueries {
    private static final String ANYTHING_DUE = """
            SELECT EXISTS (SELECT FROM {lane} WHERE next_due_at <= ?)
                OR EXISTS (SELECT FROM (SELECT id FROM {hint} ORDER BY id LIMIT 1) AS oldest) AS due
            """;

    // Lanes are taken in the order of their keys, here and in PAUSE: these two are the statements that wait for a lane.
    private static final String DRAIN_HINTS = """
            WITH drained AS (
                DELETE FROM {hint} WHERE id = ANY (ARRAY(SELECT id FROM {hint} ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING lane_key, urgent, workspace_id, livemode, due_at)
            INSERT INTO {lane} AS known (lane_key, urgent, workspace_id, livemode, next_due_at)
            SELECT lane_key, urgent, workspace_id, livemode, min(due_at) FROM drained
            GROUP BY lane_key, urgent, workspace_id, livemode
            ORDER BY lane_key, urgent
            ON CONFLICT (lane_key, urgent) DO UPDATE
            SET next_due_at = greatest(least(known.next_due_at, excluded.next_due_at), known.paused_until)
            """;

    private static final String LOCK_DUE_LANES = """
            WITH due AS (
                SELECT lane_key, workspace_id, livemode, last_served_at,
                       row_number() OVER (PARTITION BY workspace_id, livemode ORDER BY last_served_at, next_due_at) AS turn
                FROM {lane} WHERE next_due_at <= ?),
            tenant AS MATERIALIZED (
                SELECT workspace_id, livemode, plan.max_in_flight - (
                           SELECT count(*) FROM {work} AS taken WHERE taken.workspace_id = present.workspace_id
                               AND taken.livemode = present.livemode AND taken.lease_until IS NOT NULL) AS room
                FROM (SELECT DISTINCT workspace_id, livemode FROM due) AS present
                JOIN workspace ON workspace.id = workspace_id
                JOIN plan ON plan.id = workspace.plan_id)
            SELECT lane.lane_key, tenant.room
            FROM {lane} AS lane
            JOIN due ON due.lane_key = lane.lane_key
            JOIN tenant ON tenant.workspace_id = due.workspace_id AND tenant.livemode = due.livemode
            WHERE lane.next_due_at <= ? AND tenant.room > 0
            ORDER BY due.turn, due.last_served_at
            LIMIT ?
            FOR UPDATE OF lane SKIP LOCKED
            """;

    // The planner knows only how long a lane is on average; of one with 100,000 rows it would read all through some
    // index and sort
    // them, 60 ms for what the index in due order gives in one.
    private static final String READ_LANES_IN_ORDER = "SET LOCAL enable_sort = off";

    private static final String CLAIM_ROWS = """
            WITH due AS (
                SELECT work.*, served.room
                FROM unnest(?::uuid[], ?::bigint[]) AS served (lane_key, room)
                CROSS JOIN LATERAL (
                    SELECT id, {partition} AS partition, workspace_id, livemode, due_at FROM {work}
                    WHERE {key} = served.lane_key AND status = 'scheduled' AND lease_until IS NULL AND due_at <= ?
                    ORDER BY due_at
                    LIMIT ?
                    FOR UPDATE SKIP LOCKED) AS work),
            fair AS (
                SELECT id, partition
                FROM (SELECT due.*, row_number() OVER (PARTITION BY workspace_id, livemode ORDER BY due_at) AS nth FROM due) AS ranked
                WHERE nth <= room)
            UPDATE {work} AS claimed
            SET lease_until = clock_timestamp() + ? * interval '1 millisecond', generation = generation + 1
            WHERE claimed.{partition} = ANY (ARRAY(SELECT partition FROM fair)) AND claimed.id = ANY (ARRAY(SELECT id FROM fair))
            RETURNING claimed.id, claimed.{partition} AS partition, claimed.{key} AS lane_key, workspace_id, livemode, generation
            """;

    private static final String REFRESH_LANES = """
            UPDATE {lane} AS lane
            SET last_served_at = clock_timestamp(), next_due_at = (
                SELECT greatest(due_at, lane.paused_until) FROM {work}
                WHERE {key} = lane.lane_key AND status = 'scheduled' AND lease_until IS NULL
                ORDER BY due_at
                LIMIT 1)
            WHERE lane_key = ANY (?)
            """;

    private static final String PAUSE = """
            WITH named AS (SELECT lane_key FROM {lane} WHERE lane_key = ANY (?) ORDER BY lane_key FOR UPDATE),
            pause AS (SELECT ?::timestamptz AS until)
            UPDATE {lane} AS lane
            SET paused_until = greatest(paused_until, until),
                next_due_at = CASE WHEN next_due_at IS NOT NULL THEN greatest(next_due_at, until) END
            FROM pause
            WHERE lane_key IN (SELECT lane_key FROM named)
            """;

    private final Sql sql;
    private final String anythingDue;
    private final String drainHints;
    private final String lockDueLanes;
    private final String claimRows;
    private final String refreshLanes;
    private final String pause;

    LaneQueries(Sql sql, LaneTables tables) {
        this.sql = sql;
        this.anythingDue = tables.fill(ANYTHING_DUE);
        this.drainHints = tables.fill(DRAIN_HINTS);
        this.lockDueLanes = tables.fill(LOCK_DUE_LANES);
        this.claimRows = tables.fill(CLAIM_ROWS);
        this.refreshLanes = tables.fill(REFRESH_LANES);
        this.pause = tables.fill(PAUSE);
    }

    /** A lane that this transaction has locked, and how many rows its tenant may still take. */
    record LockedLane(UUID key, long tenantRoom) {}

    /** Whether a claim could find something; the only statement of an idle poll. */
    boolean anythingDue(Instant now) {
        return sql.of(anythingDue, now).one(row -> row.truth("due"));
    }

    void drainHints(int limit) {
        sql.of(drainHints, limit).update();
    }

    List<LockedLane> lockDueLanes(Instant now, int limit) {
        return sql.of(lockDueLanes, now, now, limit)
                .list(row -> new LockedLane(row.uuid("lane_key"), row.number("room")));
    }

    List<Claimed> claimRows(List<LockedLane> lanes, Instant now, int perLane, Duration lease) {
        sql.of(READ_LANES_IN_ORDER).update();
        var keys = lanes.stream().map(LockedLane::key).toList();
        var rooms = lanes.stream().map(LockedLane::tenantRoom).toList();
        return sql.of(claimRows, keys, rooms, now, perLane, lease.toMillis()).list(LaneQueries::claimed);
    }

    void refreshLanes(List<LockedLane> lanes) {
        sql.of(refreshLanes, lanes.stream().map(LockedLane::key).toList()).update();
    }

    void pause(Collection<UUID> keys, Instant until) {
        sql.of(pause, keys, until).update();
    }

    private static Claimed claimed(Row row) {
        return new Claimed(
                row.uuid("id"),
                row.uuid("partition"),
                row.uuid("lane_key"),
                row.id("workspace_id", WorkspaceId.KIND),
                row.mode(),
                row.number("generation"));
    }
}
