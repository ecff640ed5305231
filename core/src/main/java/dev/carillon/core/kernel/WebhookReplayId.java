package dev.carillon.core.kernel;

import java.util.UUID;

/** Many events sent to a webhook endpoint again. */
public record WebhookReplayId(UUID value) implements Id {
    public static final IdKind<WebhookReplayId> KIND = IdKind.of("wrp", WebhookReplayId::new);

    @Override
    public String toString() {
        return KIND.write(value);
    }
}
