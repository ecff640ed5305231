package dev.carillon.core.testclock;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Test clocks' rows. Triggers on the table apply a change to lanes, pauses and windows. */
@Singleton
class TestClockQueries {
    private static final String ADD = """
            INSERT INTO test_clock (id, workspace_id, name, shows, metadata) VALUES (?, ?, ?, ?, ?) RETURNING *
            """;
    private static final String COUNT = "SELECT count(*) AS clocks FROM test_clock WHERE workspace_id = ?";
    private static final String BY_ID = "SELECT * FROM test_clock WHERE id = ? AND workspace_id = ?";
    private static final String LIST = """
            SELECT * FROM test_clock WHERE workspace_id = ? AND (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?
            """;
    private static final String LOCK_ALL = "SELECT * FROM test_clock WHERE workspace_id = ? ORDER BY id FOR UPDATE";
    private static final String DETACH = """
            UPDATE test_clock SET attached = false WHERE workspace_id = ? AND attached
            """;
    private static final String ATTACH = "UPDATE test_clock SET attached = true WHERE id = ? RETURNING *";
    private static final String ADVANCE = "UPDATE test_clock SET advancing_to = ? WHERE id = ? RETURNING *";
    private static final String MOVE = "UPDATE test_clock SET shows = ?, advancing_to = ? WHERE id = ? RETURNING *";
    private static final String DELETE = "DELETE FROM test_clock WHERE id = ?";
    private static final String LANES_TAKE_CLOCK = "SELECT set_lane_clocks(?)";
    private static final String ALL_LANES_TAKE_CLOCK = """
            SELECT set_lane_clocks(workspace_id)
            FROM (SELECT workspace_id FROM test_clock WHERE attached
                  UNION SELECT workspace_id FROM publication_lane WHERE clock_at IS NOT NULL) AS clocked
            """;
    private static final String ADVANCING = "SELECT id FROM test_clock WHERE advancing_to IS NOT NULL ORDER BY id";
    private static final String LOCK_ADVANCING = """
            SELECT * FROM test_clock WHERE id = ? AND advancing_to IS NOT NULL FOR UPDATE SKIP LOCKED
            """;

    private final Sql sql;
    private final Json json;
    private final Ids ids;

    TestClockQueries(Sql sql, Json json, Ids ids) {
        this.sql = sql;
        this.json = json;
        this.ids = ids;
    }

    TestClock add(WorkspaceId workspace, NewTestClock clock) {
        var metadata = new Jsonb(json.write(clock.metadata()));
        return sql.of(ADD, ids.next(TestClockId.KIND), workspace, clock.name(), clock.shows(), metadata)
                .one(this::clock);
    }

    long count(WorkspaceId workspace) {
        return sql.of(COUNT, workspace).one(row -> row.number("clocks"));
    }

    Optional<TestClock> find(WorkspaceId workspace, TestClockId id) {
        return sql.of(BY_ID, id, workspace).first(this::clock);
    }

    List<TestClock> list(WorkspaceId workspace, @Nullable TestClockId after, int limit) {
        return sql.of(LIST, workspace, after, after, limit).list(this::clock);
    }

    /** All clocks of the workspace, locked so that decisions about one of them hold until the transaction ends. */
    List<TestClock> lockAll(WorkspaceId workspace) {
        return sql.of(LOCK_ALL, workspace).list(this::clock);
    }

    /** Attaches the clock in place of any other; the workspace's clocks must be locked. */
    TestClock attach(TestClock clock) {
        sql.of(DETACH, clock.workspace()).update();
        return sql.of(ATTACH, clock.id()).one(this::clock);
    }

    TestClock advance(TestClockId id, Instant to) {
        return sql.of(ADVANCE, to, id).one(this::clock);
    }

    /**
     * Sets the clock's time.
     *
     * @param advancingTo the time to which it continues; null if it stops here
     */
    TestClock move(TestClockId id, Instant shows, @Nullable Instant advancingTo) {
        return sql.of(MOVE, shows, advancingTo, id).one(this::clock);
    }

    void delete(TestClockId id) {
        sql.of(DELETE, id).update();
    }

    /** Updates the lanes that other transactions created while a clock was being attached or removed. */
    void lanesTakeClock(WorkspaceId workspace) {
        sql.of(LANES_TAKE_CLOCK, workspace).list(row -> workspace);
    }

    /** Like {@code lanesTakeClock}, for every workspace that has or had a clock. */
    void allLanesTakeClock() {
        sql.of(ALL_LANES_TAKE_CLOCK).list(row -> row);
    }

    List<TestClockId> advancing() {
        return sql.of(ADVANCING).list(row -> row.id("id", TestClockId.KIND));
    }

    /** The clock, locked; empty if it is no longer advancing, or another process holds it. */
    Optional<TestClock> lockAdvancing(TestClockId id) {
        return sql.of(LOCK_ADVANCING, id).first(this::clock);
    }

    private TestClock clock(Row row) {
        return new TestClock(
                row.id("id", TestClockId.KIND),
                row.id("workspace_id", WorkspaceId.KIND),
                row.textOrNull("name"),
                row.instant("shows"),
                row.instantOrNull("advancing_to"),
                row.truth("attached"),
                json.readObject(row.text("metadata")),
                row.instant("created_at"));
    }
}
