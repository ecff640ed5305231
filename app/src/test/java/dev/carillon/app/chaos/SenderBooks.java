package dev.carillon.app.chaos;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.localservers.PostgresAddress;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads what Carillon recorded about the deliveries of a workspace, as the owner of its database. */
final class SenderBooks {
    /** The event type that the harness creates; other events in the workspace are not counted. */
    static final String TYPE = "account.connected";

    private static final String LINES = """
            SELECT event.id, coalesce(delivery.status, 'not made') AS status, coalesce(delivery.generation, 0) AS claims,
                   kept.number AS attempts, kept.delivered
            FROM event
            LEFT JOIN webhook_delivery AS delivery ON delivery.event_id = event.id
            CROSS JOIN LATERAL (
                SELECT count(*) AS number, count(*) FILTER (WHERE outcome = 'delivered') AS delivered
                FROM webhook_attempt WHERE webhook_attempt.event_id = event.id) AS kept
            WHERE event.workspace_id = ? AND event.type = '%s'
            """.formatted(TYPE);
    private static final String OPEN = """
            SELECT count(*) FROM event LEFT JOIN webhook_delivery AS delivery ON delivery.event_id = event.id
            WHERE event.workspace_id = ? AND event.type = '%s' AND (delivery.status IS NULL OR delivery.status = 'scheduled')
            """.formatted(TYPE);
    private static final String STORY = """
            SELECT line FROM (
                SELECT 1 AS place, 0 AS number, row_to_json(event)::text AS line FROM event WHERE id = ?
                UNION ALL SELECT 2, 0, row_to_json(webhook_delivery)::text FROM webhook_delivery WHERE event_id = ?
                UNION ALL SELECT 3, number, row_to_json(webhook_attempt)::text FROM webhook_attempt WHERE event_id = ?) AS lines
            ORDER BY place, number
            """;

    private final PostgresAddress owner;

    SenderBooks(Ground ground) {
        owner = ground.servers().postgres();
    }

    /**
     * An event and its only delivery, as Carillon recorded them.
     *
     * @param status of the delivery
     * @param claims of the delivery so far
     * @param attempts recorded attempts
     * @param delivered how many attempts were recorded as delivered
     */
    record Line(EventId id, String status, int claims, int attempts, int delivered) {
        /** How many attempts failed, for example because a busy receiver did not answer in time. */
        int failed() {
            return attempts - delivered;
        }

        private static Line read(ResultSet row) throws SQLException {
            return new Line(
                    new EventId(row.getObject("id", UUID.class)),
                    row.getString("status"),
                    row.getInt("claims"),
                    row.getInt("attempts"),
                    row.getInt("delivered"));
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    List<Line> of(WorkspaceId workspace) {
        return query(LINES, Line::read, workspace.value());
    }

    /** Events that are not finished. */
    int open(WorkspaceId workspace) {
        return query(OPEN, row -> row.getInt(1), workspace.value()).getFirst();
    }

    /** The rows of an event, its delivery and its attempts, as text. */
    List<String> story(EventId id) {
        return query(STORY, row -> Objects.requireNonNull(row.getString(1)), id.value(), id.value(), id.value());
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        try (var connection = DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
