package dev.carillon.core.event;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class EventQueries {
    private static final String ADD = """
            INSERT INTO event (id, workspace_id, livemode, type, object_id, body, created_at)
            SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
            """;
    private static final String LOCK_NUMBERING = """
            SELECT pg_advisory_xact_lock(hashtextextended(?, 0))
            """;
    // Numbers go by id within what is committed and unnumbered; an event that commits later gets a later number.
    private static final String NUMBER = """
            WITH fresh AS (
                SELECT id, row_number() OVER (ORDER BY id) AS place FROM event
                WHERE workspace_id = ? AND livemode = ? AND sequence IS NULL),
            counter AS (
                UPDATE event_sequence SET last_number = last_number + (SELECT count(*) FROM fresh)
                WHERE workspace_id = ? AND livemode = ? AND EXISTS (SELECT FROM fresh)
                RETURNING last_number - (SELECT count(*) FROM fresh) AS before)
            UPDATE event SET sequence = counter.before + fresh.place
            FROM fresh, counter
            WHERE event.id = fresh.id
            """;
    private static final String UNNUMBERED_TENANTS = """
            SELECT DISTINCT workspace_id, livemode FROM event WHERE sequence IS NULL LIMIT 1000
            """;
    private static final String LIST = """
            SELECT * FROM event
            WHERE workspace_id = ? AND livemode = ? AND sequence < ?
              AND (?::text IS NULL OR type = ?) AND (?::text IS NULL OR object_id = ?)
            ORDER BY sequence DESC
            LIMIT ?
            """;
    private static final String BY_ID = """
            SELECT * FROM event WHERE id = ? AND workspace_id = ? AND livemode = ? AND sequence IS NOT NULL
            """;
    private static final String BEHIND = """
            SELECT workspace_id, livemode FROM event_sequence WHERE fanned_out < last_number
            LIMIT 1000
            """;
    private static final String LOCK_FAN_OUT = """
            SELECT fanned_out FROM event_sequence
            WHERE workspace_id = ? AND livemode = ? AND fanned_out < last_number
            FOR UPDATE SKIP LOCKED
            """;
    private static final String NEXT_TO_FAN_OUT = """
            SELECT * FROM event WHERE workspace_id = ? AND livemode = ? AND sequence > ?
            ORDER BY sequence
            LIMIT ?
            """;
    private static final String ADVANCE = """
            UPDATE event_sequence SET fanned_out = ? WHERE workspace_id = ? AND livemode = ?
            """;

    private final Sql sql;

    EventQueries(Sql sql) {
        this.sql = sql;
    }

    /** An event as it is first written, without a number. */
    record NewEvent(EventId id, Tenant tenant, String type, String objectId, String body, Instant at) {}

    void add(List<NewEvent> events) {
        sql.of(
                        ADD,
                        Sql.column(events, NewEvent::id),
                        Sql.column(events, event -> event.tenant().workspace()),
                        Sql.column(events, event -> event.tenant().mode()),
                        Sql.column(events, NewEvent::type),
                        Sql.column(events, NewEvent::objectId),
                        Sql.column(events, NewEvent::body),
                        Sql.column(events, NewEvent::at))
                .later();
    }

    /** Numbers what is committed; two at a time for one tenant wait for each other. */
    int number(Tenant tenant) {
        sql.of(LOCK_NUMBERING, "events " + tenant.workspace() + tenant.mode()).one(row -> true);
        return sql.of(NUMBER, tenant.workspace(), tenant.mode(), tenant.workspace(), tenant.mode())
                .update();
    }

    List<Tenant> unnumberedTenants() {
        return sql.of(UNNUMBERED_TENANTS).list(EventQueries::tenant);
    }

    List<RecordedEvent> list(EventFilter filter, Tenant tenant, long before, int limit) {
        return sql.of(
                        LIST,
                        tenant.workspace(),
                        tenant.mode(),
                        before,
                        filter.type(),
                        filter.type(),
                        filter.objectId(),
                        filter.objectId(),
                        limit)
                .list(EventQueries::event);
    }

    Optional<RecordedEvent> find(Tenant tenant, EventId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(EventQueries::event);
    }

    List<Tenant> behind() {
        return sql.of(BEHIND).list(EventQueries::tenant);
    }

    Optional<Long> lockFanOut(Tenant tenant) {
        return sql.of(LOCK_FAN_OUT, tenant.workspace(), tenant.mode()).first(row -> row.number("fanned_out"));
    }

    List<RecordedEvent> nextToFanOut(Tenant tenant, long after, int limit) {
        return sql.of(NEXT_TO_FAN_OUT, tenant.workspace(), tenant.mode(), after, limit)
                .list(EventQueries::event);
    }

    void advanceFanOut(Tenant tenant, long to) {
        sql.of(ADVANCE, to, tenant.workspace(), tenant.mode()).update();
    }

    private static Tenant tenant(Row row) {
        return new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode());
    }

    private static RecordedEvent event(Row row) {
        return new RecordedEvent(
                row.id("id", EventId.KIND),
                tenant(row),
                row.text("type"),
                row.text("object_id"),
                row.number("sequence"),
                row.text("body"),
                row.instant("created_at"));
    }
}
