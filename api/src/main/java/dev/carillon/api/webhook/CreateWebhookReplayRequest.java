package dev.carillon.api.webhook;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.ReadAs;
import dev.carillon.api.input.Words;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.replay.ReplayDraft;
import dev.carillon.core.webhook.replay.ReplayScope;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events to send again.
 *
 * @param scope failed: deliveries that failed or were skipped; all: every matching event of the log, whether or not it was ever delivered
 *     to this endpoint
 * @param since events from this time on
 * @param until events before this time; by default now, which also replaces a time in the future
 * @param events events of these types: post.* for all types of one object, * for all. By default all types for the scope failed, and the
 *     endpoint's own types for the scope all
 * @param perSecond the maximum number of deliveries queued per second; 10 by default
 */
@Wire
@Schema(requiredProperties = {"scope", "since"})
record CreateWebhookReplayRequest(
        @ReadAs(ReplayScope.class) String scope,
        Instant since,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Instant until,

        @Nullable
        @Limits(most = EndpointFields.MOST_EVENTS)
        @Example(EndpointFields.EVENT_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> events,

        @Nullable
        @Limits(least = ReplayDraft.SLOWEST, most = ReplayDraft.FASTEST)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = "1000")
        Integer perSecond) {
    ReplayDraft toDraft() {
        return new ReplayDraft(
                Words.named(ReplayScope.class, scope),
                since,
                until,
                events == null ? List.of() : events,
                perSecond == null ? ReplayDraft.USUAL : perSecond);
    }
}
