package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import java.util.List;

/** Writes many events at once, with the rows and bodies that {@code EventRecorder} writes one by one, and reads what happened to them. */
record BulkQueries(BenchDatabase database) {
    private static final String EVENTS = """
            WITH tenants AS (SELECT ?::uuid[] AS ids),
            fresh AS (
                SELECT n, ids[1 + n % cardinality(ids)] AS workspace_id, bench_id(clock_timestamp()) AS id
                FROM tenants, generate_series(1, ?) AS n)
            INSERT INTO event (id, workspace_id, livemode, type, object_id, body, created_at)
            SELECT id, workspace_id, false, 'account.connected', 'bulk' || n,
                   '{"id":"evt_' || replace(id::text, '-', '') || '","object":"event","type":"account.connected","api_version":"2026-11-28",'
                   || '"livemode":false,"created_at":"2026-11-28T12:00:00.000000Z","data":{"object":{"id":"bulk' || n
                   || '","object":"account","platform":"sandbox","username":"bench","status":"active","status_reason":null,'
                   || '"livemode":false,"created_at":"2026-11-28T12:00:00.000000Z"}}}',
                   clock_timestamp()
            FROM fresh
            """;
    private static final String OPEN_EVENTS = """
            SELECT EXISTS (SELECT FROM event WHERE sequence IS NULL)
                OR EXISTS (SELECT FROM event_sequence WHERE fanned_out < last_number)
            """;
    private static final String DELIVERED = """
            SELECT count(*), max(ended_at) FROM webhook_delivery
            WHERE status = 'delivered' AND event_id >= first_uuid_at(?) AND workspace_id = ANY (?)
            """;
    private static final String ATTEMPTS = """
            SELECT count(*) FROM webhook_attempt
            WHERE outcome = 'delivered' AND status_code = 204 AND event_id >= first_uuid_at(?) AND workspace_id = ANY (?)
            """;
    private static final String WAITING = """
            SELECT count(*) FROM webhook_delivery WHERE status = 'scheduled' AND workspace_id = ?
            """;
    private static final String ATTEMPTED = """
            SELECT count(*) FROM webhook_attempt WHERE workspace_id = ?
            """;

    /** Commits this many events at one moment; the workspaces take turns. */
    void write(List<WorkspaceId> workspaces, int count) {
        database.run(EVENTS, ids(workspaces), count);
    }

    /** Whether any event has no number or no deliveries yet. */
    boolean anyNotFannedOut() {
        return database.isTrue(OPEN_EVENTS);
    }

    /**
     * Recorded deliveries.
     *
     * @param last when the last one was recorded, in database time; a time long ago if there is none
     */
    record Delivered(long count, Instant last) {}

    Delivered delivered(Instant since, List<WorkspaceId> workspaces) {
        return database.one(
                DELIVERED,
                row -> new Delivered(
                        row.getLong(1), row.getObject(2) == null ? Instant.EPOCH : BenchDatabase.instant(row, 2)),
                since,
                ids(workspaces));
    }

    /** Recorded attempts that the receiver accepted. */
    long attempts(Instant since, List<WorkspaceId> workspaces) {
        return database.one(ATTEMPTS, row -> row.getLong(1), since, ids(workspaces));
    }

    /** Deliveries that are waiting for an attempt or being attempted. */
    long waiting(WorkspaceId workspace) {
        return database.one(WAITING, row -> row.getLong(1), workspace.value());
    }

    /** Ended attempts, with any outcome. */
    long attempted(WorkspaceId workspace) {
        return database.one(ATTEMPTED, row -> row.getLong(1), workspace.value());
    }

    private static List<?> ids(List<WorkspaceId> workspaces) {
        return workspaces.stream().map(WorkspaceId::value).toList();
    }
}
