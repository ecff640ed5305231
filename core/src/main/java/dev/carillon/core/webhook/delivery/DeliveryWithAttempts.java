package dev.carillon.core.webhook.delivery;

import java.util.List;

/**
 * A delivery with all of its attempts.
 *
 * @param attempts first to last
 */
public record DeliveryWithAttempts(Delivery delivery, List<DeliveryAttempt> attempts) {
    public DeliveryWithAttempts {
        attempts = List.copyOf(attempts);
    }
}
