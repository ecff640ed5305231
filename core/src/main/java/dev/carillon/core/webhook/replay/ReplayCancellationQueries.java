package dev.carillon.core.webhook.replay;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import jakarta.inject.Singleton;

/** Restores what a canceled replay had queued: for the request that cancels it, and for the tick that continues. */
@Singleton
class ReplayCancellationQueries {
    // Code that ends an endpoint's waiting deliveries changes the endpoint first, so with this lock no two transactions
    // wait for each other's deliveries.
    private static final String LOCK_ENDPOINT = """
            SELECT status FROM webhook_endpoint WHERE id = ? FOR SHARE
            """;
    // A delivery that is claimed at this moment ends with its attempt. One that was scheduled before the replay stays
    // scheduled.
    private static final String TAKE_BACK = """
            WITH waiting AS (
                SELECT event_id, endpoint_id FROM webhook_delivery
                WHERE replay_id = ? AND status = 'scheduled' AND lease_until IS NULL AND status_before <> 'scheduled'
                LIMIT ? FOR UPDATE),
            taken AS (
                UPDATE webhook_delivery AS delivery
                SET status = delivery.status_before, ended_at = coalesce(delivery.ended_before, clock_timestamp()),
                    generation = delivery.generation + 1, replay_id = NULL
                FROM waiting
                WHERE delivery.event_id = waiting.event_id AND delivery.endpoint_id = waiting.endpoint_id
                RETURNING delivery.event_id),
            counted AS (
                UPDATE webhook_replay SET restored = restored + (SELECT count(*) FROM taken) WHERE id = ?)
            SELECT count(*)::integer AS taken FROM taken
            """;
    private static final String SETTLE = """
            UPDATE webhook_replay
            SET settled = NOT EXISTS (SELECT FROM webhook_delivery
                                      WHERE replay_id = webhook_replay.id AND status = 'scheduled' AND status_before <> 'scheduled'),
                next_at = clock_timestamp() + interval '1 second'
            WHERE id = ?
            """;

    private final Sql sql;

    ReplayCancellationQueries(Sql sql) {
        this.sql = sql;
    }

    /** The endpoint's status, which cannot change until the transaction ends. */
    EndpointStatus lockEndpoint(WebhookEndpointId id) {
        return sql.of(LOCK_ENDPOINT, id).one(row -> EndpointStatus.named(row.text("status")));
    }

    /**
     * Takes back waiting deliveries.
     *
     * @return how many; fewer than {@code limit} if no more wait
     */
    int takeBack(WebhookReplayId replay, int limit) {
        return sql.of(TAKE_BACK, replay, limit, replay).one(row -> row.integer("taken"));
    }

    /**
     * Records whether any are left, because a delivery that is being sent may be scheduled for another attempt. If so,
     * they are checked again in a second.
     */
    void settle(WebhookReplayId replay) {
        sql.of(SETTLE, replay).update();
    }
}
