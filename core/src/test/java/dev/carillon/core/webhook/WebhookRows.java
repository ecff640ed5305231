package dev.carillon.core.webhook;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.EventSequencer;
import dev.carillon.core.event.FanOut;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.delivery.DeliveryFanOut;
import dev.carillon.core.webhook.endpoint.CallbackQueries;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What webhook tests read from the database without row-level security, and what a dispatch process does there. */
public record WebhookRows(TestCarillon carillon) {
    /** Numbers the recorded events and creates their deliveries, as a dispatch process does. */
    public void fanOut() {
        carillon.bean(EventSequencer.class).numberAll();
        var deliveries = carillon.bean(DeliveryFanOut.class);
        while (carillon.bean(FanOut.class).run(deliveries::fanOut) > 0) {
            // There may be more than one batch.
        }
    }

    /** The deliveries to an endpoint, in the order of their events: event type, status, and "ended" if they have ended. */
    public List<String> deliveriesTo(WebhookEndpointId endpoint) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(
                        () -> carillon.bean(Sql.class).of("""
                        SELECT event_type || ' ' || status || CASE WHEN ended_at IS NULL THEN '' ELSE ' ended' END AS told
                        FROM webhook_delivery WHERE endpoint_id = ? ORDER BY event_id
                        """, endpoint).list(row -> row.text("told")));
    }

    /** The value of the query's column {@code n}. */
    public long count(String question, @Nullable Object... values) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(
                        () -> carillon.bean(Sql.class).of(question, values).one(row -> row.number("n")));
    }

    /** The enabled callback of an address, or null. */
    @Nullable
    public WebhookEndpointId callbackOf(Actor actor, String url) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(CallbackQueries.class).ready(actor.tenant(), url))
                .orElse(null);
    }

    /** Runs a statement as the owner of the tables, to whom row-level security does not apply. */
    public void run(String statement) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }
}
