package dev.carillon.core.webhook;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import java.time.Instant;

/**
 * One try that is to be made now. {@code toString} shows neither secret nor body.
 *
 * @param generation of the claim; what is recorded for an older one is dropped
 * @param body the event, to be sent byte for byte
 * @param number of the try, from 1
 * @param startedAt in database time
 */
public record DueDelivery(
        EventId event,
        WebhookEndpointId endpoint,
        Tenant tenant,
        long generation,
        String url,
        EndpointSecret secret,
        String body,
        int number,
        Instant startedAt) {
    @Override
    public String toString() {
        return "DueDelivery[%s, %s, %d]".formatted(event, endpoint, number);
    }
}
