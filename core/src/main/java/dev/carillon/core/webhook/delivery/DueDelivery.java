package dev.carillon.core.webhook.delivery;

import dev.carillon.core.event.Event.WebhookEndpointTest;
import dev.carillon.core.kernel.Tenant;
import java.time.Instant;

/**
 * An attempt to be made now. {@code toString} shows neither secret nor body.
 *
 * @param body the event, to be sent byte for byte
 * @param number of the attempt, from 1
 * @param place of the attempt in the retry schedule, from 1; a replay restarts it
 * @param replay whether it belongs to a replay
 * @param probe whether it probes an endpoint that has failed so often that nothing else is sent to it
 * @param startedAt in database time
 */
public record DueDelivery(
        DeliveryClaim claim,
        Tenant tenant,
        Receiver receiver,
        String eventType,
        String body,
        int number,
        int place,
        boolean replay,
        boolean probe,
        Instant startedAt) {
    /** Whether its failure counts against the endpoint's health; failures of replays and tests do not. */
    boolean isOrdinary() {
        return !replay && !eventType.equals(WebhookEndpointTest.TYPE);
    }

    @Override
    public String toString() {
        return "DueDelivery[%s, %d]".formatted(claim, number);
    }
}
