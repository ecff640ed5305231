package dev.carillon.core.webhook.delivery;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;

/** A delivery, and the generation at which a process claimed it: a claim with an older generation is lost. */
public record DeliveryClaim(WebhookDeliveryId delivery, EventId event, WebhookEndpointId endpoint, long generation) {
    @Override
    public String toString() {
        return "%s %s %s %d".formatted(delivery, event, endpoint, generation);
    }

    /** Reads what {@link #toString()} wrote. */
    public static DeliveryClaim read(String text) {
        var words = text.split(" ", 4);
        return new DeliveryClaim(
                WebhookDeliveryId.KIND.read(words[0]).orElseThrow(),
                EventId.KIND.read(words[1]).orElseThrow(),
                WebhookEndpointId.KIND.read(words[2]).orElseThrow(),
                Long.parseLong(words[3]));
    }
}
