package dev.carillon.webhooks;

import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.testing.TestCarillon;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads delivery attempts from the database. */
record RecordedAttempts(TestCarillon carillon) {
    /** Outcome and status code of each of the event's attempts. */
    List<String> of(RecordedEvent event) {
        return texts(
                "SELECT concat(outcome, ' ', coalesce(status_code::text, 'null')) FROM webhook_attempt WHERE event_id = ? ORDER BY number",
                event.id().value());
    }

    String text(String question, RecordedEvent event) {
        return texts(question, event.id().value()).getFirst();
    }

    long number(String question, RecordedEvent event) {
        return Long.parseLong(text(question, event));
    }

    /** The number that a query with this id returns. */
    long number(String question, UUID id) {
        return Long.parseLong(texts(question, id).getFirst());
    }

    List<String> texts(String question, UUID id) {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.prepareStatement(question)) {
            statement.setObject(1, id);
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
