package dev.carillon.core.webhook.replay;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookDeliveryId;
import jakarta.inject.Singleton;
import java.time.Instant;

@Singleton
public class DeliveryReplayQueries {
    // A scheduled delivery only becomes due. The generation is raised so that a lost attempt cannot end a delivery that
    // is to be sent again; a claimed delivery is left to its holder.
    private static final String REPLAY = """
            UPDATE webhook_delivery
            SET status = 'scheduled', due_at = ?, ended_at = NULL, generation = generation + 1,
                replayed_after = CASE WHEN status = 'scheduled' THEN replayed_after ELSE attempts END,
                status_before = CASE WHEN status = 'scheduled' THEN status_before ELSE status END,
                ended_before = CASE WHEN status = 'scheduled' THEN ended_before ELSE ended_at END,
                replay_id = CASE WHEN status = 'scheduled' THEN replay_id END
            WHERE event_id = (SELECT event_id FROM webhook_delivery WHERE id = ?) AND id = ?
              AND workspace_id = ? AND livemode = ? AND lease_until IS NULL
            """;

    private final Sql sql;

    DeliveryReplayQueries(Sql sql) {
        this.sql = sql;
    }

    /** Schedules a delivery to be sent again; false if it is claimed. */
    public boolean replay(Tenant tenant, WebhookDeliveryId id, Instant dueAt) {
        return sql.of(REPLAY, dueAt, id, id, tenant.workspace(), tenant.mode()).update() == 1;
    }
}
