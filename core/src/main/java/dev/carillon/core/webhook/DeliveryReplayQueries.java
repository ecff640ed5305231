package dev.carillon.core.webhook;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookDeliveryId;
import jakarta.inject.Singleton;
import java.time.Instant;

@Singleton
class DeliveryReplayQueries {
    // One that waits only becomes due. The generation is raised, so that a try that was lost on the way cannot end what
    // is to be sent again; what is claimed at this moment is left to whoever has it.
    private static final String REPLAY = """
            UPDATE webhook_delivery
            SET status = 'scheduled', due_at = ?, ended_at = NULL, generation = generation + 1,
                replayed_after = CASE WHEN status = 'scheduled' THEN replayed_after ELSE tries END,
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

    /** Has a delivery sent again; false when somebody has it in hand. */
    boolean replay(Tenant tenant, WebhookDeliveryId id, Instant dueAt) {
        return sql.of(REPLAY, dueAt, id, id, tenant.workspace(), tenant.mode()).update() == 1;
    }
}
