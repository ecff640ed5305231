package dev.carillon.jobs.lane;

import dev.carillon.core.database.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The statements about leased rows (leases run in database time), and the repair of lanes. */
final class LeaseQueries {
    // The lease is tested inside a coalesce where ids are given; otherwise the planner may scan everything that is
    // leased.
    private static final String RELEASE = """
            WITH given_back AS (
                UPDATE {work} AS work SET lease_until = NULL
                FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS held (partition, id, generation)
                WHERE work.{partition} = held.partition AND work.id = held.id AND work.generation = held.generation
                  AND work.status = 'scheduled' AND coalesce(work.lease_until IS NOT NULL, false)
                RETURNING work.workspace_id, work.livemode, work.{key} AS lane_key, work.urgent, work.due_at)
            INSERT INTO {hint} (workspace_id, livemode, lane_key, urgent, due_at)
            SELECT workspace_id, livemode, lane_key, urgent, min(due_at) FROM given_back
            GROUP BY workspace_id, livemode, lane_key, urgent
            """;

    private static final String STILL_LEASED = """
            SELECT id, generation, status = 'scheduled' AS waiting FROM {work}
            WHERE {partition} = ANY (?) AND id = ANY (?) AND coalesce(lease_until > clock_timestamp(), false)
            """;

    // The state is tested inside a coalesce; otherwise the planner may scan everything that waits.
    private static final String FREE_EXPIRED = """
            WITH expired AS (
                SELECT {partition} AS partition, id FROM {work}
                WHERE lease_until < (SELECT clock_timestamp()) AND coalesce(status = 'scheduled', false)
                ORDER BY lease_until LIMIT ? FOR UPDATE SKIP LOCKED),
            freed AS (
                UPDATE {work} AS work SET lease_until = NULL
                WHERE work.{partition} = ANY (ARRAY(SELECT partition FROM expired)) AND work.id = ANY (ARRAY(SELECT id FROM expired))
                RETURNING work.id, work.generation, work.workspace_id, work.livemode, work.{key} AS lane_key, work.urgent,
                          work.due_at),
            {noted}
            hinted AS (
                INSERT INTO {hint} (workspace_id, livemode, lane_key, urgent, due_at)
                SELECT workspace_id, livemode, lane_key, urgent, min(due_at) FROM freed
                GROUP BY workspace_id, livemode, lane_key, urgent)
            SELECT count(*) AS freed FROM freed
            """;

    private static final String NOTED = """
            noted AS (
                INSERT INTO {step} (publication_id, workspace_id, livemode, kind, generation)
                SELECT id, workspace_id, livemode, 'claim_lost', generation FROM freed),
            """;

    // Steps from lane to lane through the partial index, one probe each, so that the cost does not grow with the length
    // of a lane. A lane that is wrong gets a hint; the sweep itself locks no lane.
    private static final String REPAIR = """
            WITH RECURSIVE first_open AS (
                (SELECT {key} AS lane_key, urgent, workspace_id, livemode, due_at, 1 AS nth FROM {work}
                 WHERE status = 'scheduled' AND lease_until IS NULL AND ({key}, urgent) > (?, ?)
                 ORDER BY {key}, urgent, due_at LIMIT 1)
                UNION ALL
                SELECT next.*, first_open.nth + 1 FROM first_open CROSS JOIN LATERAL (
                    SELECT {key}, urgent, workspace_id, livemode, due_at FROM {work}
                    WHERE status = 'scheduled' AND lease_until IS NULL
                      AND ({key}, urgent) > (first_open.lane_key, first_open.urgent)
                    ORDER BY {key}, urgent, due_at LIMIT 1) AS next
                WHERE first_open.nth < ?),
            repaired AS (
                INSERT INTO {hint} (workspace_id, livemode, lane_key, urgent, due_at)
                SELECT first_open.workspace_id, first_open.livemode, first_open.lane_key, first_open.urgent, first_open.due_at
                FROM first_open
                LEFT JOIN {lane} AS lane ON lane.lane_key = first_open.lane_key AND lane.urgent = first_open.urgent
                WHERE lane.next_due_at IS NULL OR lane.next_due_at > greatest(first_open.due_at, lane.paused_until)
                RETURNING lane_key)
            SELECT lane_key, urgent, nth, (SELECT count(*) FROM repaired) AS repaired FROM first_open ORDER BY nth DESC LIMIT 1
            """;

    private final Sql sql;
    private final String release;
    private final String stillLeased;
    private final String freeExpired;
    private final String repair;

    LeaseQueries(Sql sql, LaneTables tables) {
        this.sql = sql;
        this.release = tables.fill(RELEASE);
        this.stillLeased = tables.fill(STILL_LEASED);
        this.freeExpired = tables.fill(FREE_EXPIRED)
                .replace(
                        "{noted}",
                        tables.hasSteps()
                                ? NOTED.replace("{step}", tables.extras().step())
                                : "");
        this.repair = tables.fill(REPAIR);
    }

    /** The result of a repair round: the last lane checked, how many were checked and how many were wrong. */
    record Repaired(LaneKey last, int seen, int wrong) {}

    /** One lane, in the order of the checks. */
    record LaneKey(UUID key, boolean urgent) {
        static final LaneKey BEFORE_THE_FIRST = new LaneKey(new UUID(0, 0), false);
    }

    void release(Collection<Claimed> rows) {
        sql.of(release, partitions(rows), ids(rows), generations(rows)).update();
    }

    /** The state of a leased row: its generation, and whether work on it has not started. */
    record Leased(long generation, boolean waiting) {}

    /** The rows among these that are still leased, by id. */
    Map<UUID, Leased> stillLeased(Collection<Claimed> rows) {
        var leased = new HashMap<UUID, Leased>();
        sql.of(stillLeased, partitions(rows), ids(rows))
                .list(row -> leased.put(row.uuid("id"), new Leased(row.number("generation"), row.truth("waiting"))));
        return leased;
    }

    int freeExpired(int limit) {
        sql.readIndexesPlainly();
        return sql.of(freeExpired, limit).one(row -> Math.toIntExact(row.number("freed")));
    }

    Repaired repair(LaneKey after, int lanes) {
        sql.of(LaneQueries.READ_LANES_IN_ORDER).later();
        return sql.of(repair, after.key(), after.urgent(), lanes)
                .first(row -> new Repaired(
                        new LaneKey(row.uuid("lane_key"), row.truth("urgent")),
                        row.integer("nth"),
                        Math.toIntExact(row.number("repaired"))))
                .orElseGet(() -> new Repaired(after, 0, 0));
    }

    private static List<UUID> partitions(Collection<Claimed> rows) {
        return rows.stream().map(Claimed::partition).toList();
    }

    private static List<UUID> ids(Collection<Claimed> rows) {
        return rows.stream().map(Claimed::id).toList();
    }

    private static List<Long> generations(Collection<Claimed> rows) {
        return rows.stream().map(Claimed::generation).toList();
    }
}
