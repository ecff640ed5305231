package dev.carillon.jobs.lane;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a claim, for one kind of lane. They rely on READ COMMITTED: one statement locks the lanes and later
 * ones read them, so their snapshots contain everything that reached a lane before it was locked.
 */
final class LaneQueries {
    private static final String ANYTHING_DUE = """
            SELECT EXISTS (SELECT FROM {lane} WHERE {claimable} <= ?)
                OR EXISTS (SELECT FROM (SELECT id FROM {hint} ORDER BY id LIMIT 1) AS oldest) AS due
            """;

    // Transactions that wait for lane locks take them in key order: here, and where an account is paused.
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

    // A lane is due by its tenant's test clock, if there is one; claimable_from is the column to compare with real
    // time.
    // An external pause is copied into the lane once, so that it costs nothing until it is over.
    private static final String ANYTHING_PAUSED = """
            SELECT EXISTS (SELECT FROM platform_app WHERE paused_until > ?)
                OR EXISTS (SELECT FROM platform_identity WHERE paused_until > ?)
                OR EXISTS (SELECT FROM platform_host WHERE paused_until > ?)
                OR EXISTS (SELECT FROM test_clock WHERE attached) AS paused
            """;
    private static final String TAKE_OVER_PAUSES = """
            WITH stopped AS (
                SELECT lane.lane_key, lane.urgent, pause.paused_until
                FROM {lane} AS lane JOIN {pause} AS pause ON pause.lane_key = lane.lane_key
                WHERE lane.{claimable} <= ? AND pause.paused_until > coalesce({clock}, ?)
                ORDER BY lane.lane_key, lane.urgent
                LIMIT ? FOR UPDATE OF lane SKIP LOCKED)
            UPDATE {lane} AS lane
            SET paused_until = greatest(lane.paused_until, stopped.paused_until),
                next_due_at = greatest(lane.next_due_at, stopped.paused_until)
            FROM stopped WHERE lane.lane_key = stopped.lane_key AND lane.urgent = stopped.urgent
            """;

    // Tenants share the rows in flight by weight. A tenant below its share gets the difference, so shares come out
    // right whatever the sizes of the claims, and no state has to be kept. Within a tenant, the lane that waited
    // longest comes first. The host test is wrapped in a coalesce, about which the planner assumes nothing. It expects
    // the bare test to leave a single row, because nearly all accounts have the same host, and then compares every lane
    // with every tenant.
    private static final String LOCK_DUE_LANES = """
            WITH due AS (
                SELECT lane.lane_key, lane.urgent, lane.workspace_id, lane.livemode, owner.host{ownPace},
                       row_number() OVER (PARTITION BY lane.workspace_id, lane.livemode
                                          ORDER BY lane.last_served_at, lane.next_due_at) AS turn
                FROM {lane} AS lane JOIN {owner} AS owner ON owner.id = lane.lane_key
                WHERE lane.{claimable} <= ? AND (lane.urgent OR NOT ?) AND NOT coalesce(owner.host = ANY (?::text[]), false)),
            tenant AS MATERIALIZED (
                SELECT present.workspace_id, present.livemode, plan.weight, least(plan.max_in_flight, ?) AS bound,
                       (SELECT count(*) FROM {work} AS taken WHERE taken.workspace_id = present.workspace_id
                            AND taken.livemode = present.livemode AND taken.lease_until IS NOT NULL) AS in_flight
                FROM (SELECT DISTINCT workspace_id, livemode FROM due) AS present
                JOIN workspace ON workspace.id = present.workspace_id
                JOIN plan ON plan.id = workspace.plan_id),
            share AS (
                SELECT tenant.*, weight * (sum(in_flight) OVER () + ?) / sum(weight) OVER () - in_flight AS behind
                FROM tenant WHERE in_flight < bound),
            fair AS MATERIALIZED (
                SELECT share.*, least(bound - in_flight,
                    ceil(? * greatest(behind, 0) / sum(greatest(behind, 0)) OVER ()))::bigint AS allowance
                FROM share)
            SELECT lane.lane_key, lane.urgent, due.host, lane.workspace_id, lane.livemode, fair.allowance, {clock} AS clock_at{duePace}
            FROM {lane} AS lane
            JOIN due ON due.lane_key = lane.lane_key AND due.urgent = lane.urgent
            JOIN fair ON fair.workspace_id = due.workspace_id AND fair.livemode = due.livemode
            WHERE lane.{claimable} <= ? AND fair.allowance > 0
              AND (lane.urgent OR fair.in_flight < fair.bound - fair.bound / 10)
            ORDER BY due.turn, fair.behind / fair.weight DESC
            LIMIT ?
            FOR UPDATE OF lane SKIP LOCKED
            """;

    // The planner knows only the average length of a lane. For a lane of 100,000 rows it would read everything through
    // some index and sort it: 60 ms for what the index in due order returns in 1 ms.
    static final String READ_LANES_IN_ORDER = "SET LOCAL enable_sort = off";

    private static final String CLAIM_ROWS = """
            WITH due AS (
                SELECT work.id, work.partition
                FROM unnest(?::uuid[], ?::boolean[], ?::bigint[], ?::timestamptz[]) AS served (lane_key, urgent, rows, clock_at)
                CROSS JOIN LATERAL (
                    SELECT id, {partition} AS partition FROM {work}
                    WHERE {key} = served.lane_key AND urgent = served.urgent AND status = 'scheduled' AND lease_until IS NULL
                      AND due_at <= coalesce(served.clock_at, ?)
                    ORDER BY due_at
                    LIMIT served.rows
                    FOR UPDATE SKIP LOCKED) AS work)
            UPDATE {work} AS claimed
            SET lease_until = clock_timestamp() + ? * interval '1 millisecond', claimed_at = clock_timestamp(),
                generation = generation + 1
            WHERE claimed.{partition} = ANY (ARRAY(SELECT partition FROM due)) AND claimed.id = ANY (ARRAY(SELECT id FROM due))
            RETURNING claimed.id, claimed.{partition} AS partition, claimed.{key} AS lane_key, workspace_id, livemode, generation
            """;

    // Makes up for a little of a late claim; otherwise a lane would always stay below its rate.
    private static final String PACE_LANES = """
            UPDATE {lane} AS lane
            SET paused_until = greatest(lane.paused_until, ?::timestamptz - interval '50 milliseconds') + paced.pause * interval '1 millisecond'
            FROM unnest(?::uuid[], ?::bigint[]) AS paced (lane_key, pause)
            WHERE lane.lane_key = paced.lane_key AND NOT lane.urgent
            """;

    private static final String REFRESH_LANES = """
            UPDATE {lane} AS lane
            SET last_served_at = clock_timestamp(), next_due_at = (
                SELECT greatest(due_at, lane.paused_until) FROM {work}
                WHERE {key} = lane.lane_key AND urgent = lane.urgent AND status = 'scheduled' AND lease_until IS NULL
                ORDER BY due_at
                LIMIT 1)
            FROM unnest(?::uuid[], ?::boolean[]) AS served (lane_key, urgent)
            WHERE lane.lane_key = served.lane_key AND lane.urgent = served.urgent
            """;

    private static final int PAUSES_AT_ONCE = 1_000;

    private final Sql sql;
    private final LaneTables tables;
    private final String anythingDue;
    private final String drainHints;
    private final String takeOverPauses;
    private final String lockDueLanes;
    private final String claimRows;
    private final String paceLanes;
    private final String refreshLanes;

    LaneQueries(Sql sql, LaneTables tables) {
        this.sql = sql;
        this.tables = tables;
        this.anythingDue = tables.fill(ANYTHING_DUE);
        this.drainHints = tables.fill(DRAIN_HINTS);
        this.takeOverPauses = tables.fill(TAKE_OVER_PAUSES);
        this.lockDueLanes = tables.fill(LOCK_DUE_LANES);
        this.claimRows = tables.fill(CLAIM_ROWS);
        this.paceLanes = tables.fill(PACE_LANES);
        this.refreshLanes = tables.fill(REFRESH_LANES);
    }

    /** The owner of a lane; rows are shared fairly between tenants. */
    record Tenant(WorkspaceId workspace, Mode mode) {}

    /**
     * A lane that this transaction has locked.
     *
     * @param allowance how many rows its tenant gets now, over all of its lanes
     * @param clock the time of its tenant's test clock; null for real time
     * @param pace its rate limit
     */
    record LockedLane(
            UUID key,
            boolean urgent,
            String host,
            Tenant tenant,
            long allowance,
            @Nullable Instant clock,
            LanePace pace) {}

    /**
     * A locked lane from which rows are claimed.
     *
     * @param rows the most rows to claim
     */
    record ServedLane(LockedLane lane, int rows) {}

    /** Whether a claim could find something; the only statement of an idle poll. */
    boolean anythingDue(Instant now) {
        return sql.of(anythingDue, now).one(row -> row.truth("due"));
    }

    /**
     * A claim that is lost with the database's machine leaves its rows as they were, so its commit need not wait for
     * the disk.
     */
    void doNotWaitForDisk() {
        sql.of("SET LOCAL synchronous_commit TO off").later();
    }

    void readIndexesPlainly() {
        sql.readIndexesPlainly();
    }

    void drainHints(int limit) {
        sql.of(drainHints, limit).update();
    }

    /** Copies pauses of shared resources (app, identity, host) into the due lanes. */
    void takeOverPauses(Instant now) {
        if (tables.hasPauses() && sql.of(ANYTHING_PAUSED, now, now, now).one(row -> row.truth("paused"))) {
            int taken;
            do {
                taken = sql.of(takeOverPauses, now, now, PAUSES_AT_ONCE).update();
            } while (taken == PAUSES_AT_ONCE);
        }
    }

    List<LockedLane> lockDueLanes(Instant now, ClaimCapacity capacity, int limit) {
        return sql.of(
                        lockDueLanes,
                        now,
                        capacity.urgentOnly(),
                        capacity.fullHosts(),
                        capacity.perTenant(),
                        capacity.rows(),
                        capacity.rows(),
                        now,
                        limit)
                .list(row -> new LockedLane(
                        row.uuid("lane_key"),
                        row.truth("urgent"),
                        row.text("host"),
                        new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                        row.number("allowance"),
                        row.instantOrNull("clock_at"),
                        pace(row)));
    }

    private LanePace pace(Row row) {
        return tables.isPaced() && !row.truth("urgent")
                ? new LanePace(
                        row.integerOrNull(tables.extras().pace().rate()),
                        row.truth(tables.extras().pace().probing()))
                : LanePace.UNBOUND;
    }

    List<Claimed> claimRows(List<ServedLane> lanes, Instant now, Duration lease) {
        sql.of(READ_LANES_IN_ORDER).later();
        Map<UUID, String> hosts = new HashMap<>();
        lanes.forEach(served -> hosts.put(served.lane().key(), served.lane().host()));
        return sql.of(
                        claimRows,
                        Sql.column(lanes, served -> served.lane().key()),
                        Sql.column(lanes, served -> served.lane().urgent()),
                        Sql.column(lanes, ServedLane::rows),
                        Sql.column(lanes, served -> served.lane().clock()),
                        now,
                        lease.toMillis())
                .list(row -> claimed(row, hosts));
    }

    /** Pauses lanes after a claim, each for its number of milliseconds. */
    void paceLanes(Map<UUID, Long> pauses, Instant now) {
        var lanes = List.copyOf(pauses.keySet());
        sql.of(paceLanes, now, lanes, Sql.column(lanes, pauses::get)).update();
    }

    void refreshLanes(List<ServedLane> lanes) {
        sql.of(refreshLanes, Sql.column(lanes, served -> served.lane().key()), Sql.column(lanes, served -> served.lane()
                        .urgent()))
                .update();
    }

    private static Claimed claimed(Row row, Map<UUID, String> hosts) {
        var lane = row.uuid("lane_key");
        return new Claimed(
                row.uuid("id"),
                row.uuid("partition"),
                lane,
                Objects.requireNonNull(hosts.get(lane)),
                row.id("workspace_id", WorkspaceId.KIND),
                row.mode(),
                row.number("generation"));
    }
}
