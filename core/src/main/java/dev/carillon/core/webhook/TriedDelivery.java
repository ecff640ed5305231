package dev.carillon.core.webhook;

import java.util.List;

/**
 * A delivery with all of its attempts.
 *
 * @param log first to last
 */
public record TriedDelivery(Delivery delivery, List<DeliveryTry> log) {
    public TriedDelivery {
        log = List.copyOf(log);
    }
}
