package dev.carillon.core.kernel;

import java.util.UUID;

/** The delivery of one event to one webhook endpoint. */
public record WebhookDeliveryId(UUID value) implements Id {
    public static final IdKind<WebhookDeliveryId> KIND = IdKind.of("wd", WebhookDeliveryId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
