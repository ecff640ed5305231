package dev.carillon.core.event;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.event.EventConditions.Numbers;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class EventQueries {
    private static final String ADD = """
            INSERT INTO event (id, workspace_id, livemode, type, object_id, post_id, body, created_at)
            SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
            """;
    private static final String NUMBER = """
            SELECT number_events(?, ?, ?) AS numbered
            """;
    private static final String UNNUMBERED_TENANTS = """
            SELECT DISTINCT workspace_id, livemode FROM event WHERE sequence IS NULL LIMIT 1000
            """;
    private static final String BY_ID = """
            SELECT * FROM event WHERE id = ? AND workspace_id = ? AND livemode = ? AND sequence IS NOT NULL
            """;
    private static final String LAST_NUMBER = """
            SELECT last_number FROM event_sequence WHERE workspace_id = ? AND livemode = ?
            """;
    private static final String ID_OF = """
            SELECT id FROM event WHERE workspace_id = ? AND livemode = ? AND sequence = ?
            """;
    private static final String POST_EXISTS = """
            SELECT 1 AS found FROM post WHERE id = ? AND workspace_id = ? AND livemode = ?
            """;
    private static final String IS_PAST_RETENTION = """
            SELECT ?::uuid < first_uuid_at(clock_timestamp() - plan.retention_days * interval '1 day') AS past
            FROM workspace JOIN plan ON plan.id = workspace.plan_id
            WHERE workspace.id = ?
            """;
    private static final String FIRST_FROM = """
            SELECT sequence, created_at FROM event WHERE workspace_id = ? AND livemode = ? AND sequence >= ?
            ORDER BY sequence
            LIMIT 1
            """;
    private static final String WITH_NEWS = """
            SELECT workspace_id, livemode FROM tenants_with_new_events(?::uuid[], ?::boolean[], ?::bigint[])
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
    record NewEvent(
            EventId id,
            Tenant tenant,
            String type,
            String objectId,
            @Nullable String postId,
            String body,
            Instant at) {}

    void add(List<NewEvent> events) {
        sql.of(
                        ADD,
                        Sql.column(events, NewEvent::id),
                        Sql.column(events, event -> event.tenant().workspace()),
                        Sql.column(events, event -> event.tenant().mode()),
                        Sql.column(events, NewEvent::type),
                        Sql.column(events, NewEvent::objectId),
                        Sql.column(events, NewEvent::postId),
                        Sql.column(events, NewEvent::body),
                        Sql.column(events, NewEvent::at))
                .later();
    }

    /** Numbers the committed events. Concurrent calls for the same tenant wait for each other. */
    int number(Tenant tenant) {
        return sql.of(NUMBER, tenant.workspace(), tenant.mode(), "events " + tenant.workspace() + tenant.mode())
                .one(row -> row.integer("numbered"));
    }

    long lastNumber(Tenant tenant) {
        return sql.of(LAST_NUMBER, tenant.workspace(), tenant.mode()).one(row -> row.number("last_number"));
    }

    /** The event with a number, as long as it is retained. */
    Optional<EventId> idOf(Tenant tenant, long number) {
        return sql.of(ID_OF, tenant.workspace(), tenant.mode(), number).first(row -> row.id("id", EventId.KIND));
    }

    List<Tenant> unnumberedTenants() {
        sql.readIndexesPlainly();
        return sql.of(UNNUMBERED_TENANTS).list(EventQueries::tenant);
    }

    /** The number and the time of an event. */
    record Numbered(long number, Instant createdAt) {}

    /** The first event that has this number or a larger one. */
    Optional<Numbered> firstFrom(Tenant tenant, long number) {
        return sql.of(FIRST_FROM, tenant.workspace(), tenant.mode(), number)
                .first(row -> new Numbered(row.number("sequence"), row.instant("created_at")));
    }

    /** The events between two numbers that pass the filter. */
    List<RecordedEvent> list(EventFilter filter, Tenant tenant, Numbers numbers, EventOrder order, int limit) {
        var conditions = new EventConditions(filter, tenant, numbers);
        return sql.of(conditions.statement(order), conditions.values(limit)).list(EventQueries::event);
    }

    boolean postExists(Tenant tenant, PostId post) {
        return sql.of(POST_EXISTS, post, tenant.workspace(), tenant.mode())
                .first(row -> true)
                .isPresent();
    }

    /** Whether an event with that id would have been deleted by now. */
    boolean isPastRetention(Tenant tenant, EventId id) {
        return sql.of(IS_PAST_RETENTION, id, tenant.workspace()).one(row -> row.truth("past"));
    }

    /**
     * Those of the tenants that have events, numbered or not, beyond the known number of each. Called without a
     * workspace.
     */
    List<Tenant> withNews(Map<Tenant, Long> known) {
        var tenants = List.copyOf(known.keySet());
        return sql.of(
                        WITH_NEWS,
                        Sql.column(tenants, Tenant::workspace),
                        Sql.column(tenants, Tenant::mode),
                        Sql.column(tenants, known::get))
                .list(EventQueries::tenant);
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
                row.textOrNull("post_id"),
                row.number("sequence"),
                row.text("body"),
                row.instant("created_at"));
    }
}
