package dev.carillon.api.webhook;

import dev.carillon.api.http.JsonObject;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.ReplayDraft;
import dev.carillon.core.webhook.ReplayScope;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many events that are to be sent again.
 *
 * @param scope failed: deliveries that failed or were skipped; all: every event of the log that fits, whether or not it was ever delivered
 *     to this endpoint
 * @param since events from this time on
 * @param until events before this time; now where it is left out, or lies ahead
 * @param events events of these types: post.* for all of one object, * for all. Where it is left out: all for the scope failed, and for all
 *     what the endpoint gets
 * @param perSecond how many are queued a second at most; 10 where it is left out
 */
@Wire
@Schema(requiredProperties = {"scope", "since"})
record CreateWebhookReplayRequest(
        String scope,
        Instant since,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Instant until,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> events,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = "1000")
        Integer perSecond) {
    static ReplayDraft read(JsonObject body) {
        body.only(Set.of("scope", "since", "until", EndpointFields.EVENTS, "per_second"));
        var perSecond = body.whole("per_second", ReplayDraft.SLOWEST, ReplayDraft.FASTEST);
        return new ReplayDraft(
                body.requiredOneOf("scope", ReplayScope.values(), ReplayScope::wireName),
                body.requiredTime("since"),
                body.time("until"),
                EndpointFields.events(body),
                perSecond == null ? ReplayDraft.USUAL : perSecond);
    }
}
