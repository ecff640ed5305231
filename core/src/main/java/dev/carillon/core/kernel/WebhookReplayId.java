package dev.carillon.core.kernel;

import java.util.UUID;

/** A replay of many events to a webhook endpoint. */
public record WebhookReplayId(UUID value) implements Id {
    public static final IdKind<WebhookReplayId> KIND = IdKind.of("wrp", WebhookReplayId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
