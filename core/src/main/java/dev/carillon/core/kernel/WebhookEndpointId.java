package dev.carillon.core.kernel;

import java.util.UUID;

/** An address that receives events. */
public record WebhookEndpointId(UUID value) implements Id {
    public static final IdKind<WebhookEndpointId> KIND = IdKind.of("we", WebhookEndpointId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
