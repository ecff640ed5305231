package dev.carillon.core.webhook;

import dev.carillon.core.event.Event.WebhookEndpointTest;
import dev.carillon.core.kernel.Tenant;
import java.time.Instant;

/**
 * One try that is to be made now. {@code toString} shows neither secret nor body.
 *
 * @param body the event, to be sent byte for byte
 * @param number of the try, from 1
 * @param place of the try in the schedule, from 1; it begins anew with a replay
 * @param replay whether somebody asked for it to be sent again
 * @param probe whether it is to show if an endpoint is back that has failed so often that nothing else is sent to it
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
    /** Whether its failure says something about how the endpoint does, and not only about what somebody tried out. */
    boolean isOrdinary() {
        return !replay && !eventType.equals(WebhookEndpointTest.TYPE);
    }

    @Override
    public String toString() {
        return "DueDelivery[%s, %d]".formatted(claim, number);
    }
}
