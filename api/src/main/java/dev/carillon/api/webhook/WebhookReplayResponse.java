package dev.carillon.api.webhook;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.replay.ReplayEnd;
import dev.carillon.core.webhook.replay.WebhookReplay;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many events sent to an endpoint again, in the order of the log.
 *
 * @param object always {@code webhook_replay}
 * @param scope failed or all
 * @param events patterns that the event types must match
 * @param since events from this time on
 * @param until events before this time
 * @param perSecond the maximum number of deliveries queued per second
 * @param status running (it goes through the log), done (it has reached the end; deliveries that it queued may still wait for their
 *     attempt) or canceled
 * @param statusReason why it was canceled: requested, endpoint_disabled or endpoint_deleted
 * @param total how many there were to send when it was created: deliveries for the scope failed, events for the scope all. Counted up to
 *     10,000, which then means that many or more
 * @param queued how many it has queued so far
 * @param restored how many of these returned to their previous state because it was canceled
 * @param progress the state of the others; null in lists
 * @param createdAt in real time, in test mode as well
 * @param endedAt null while it runs
 */
@Wire
record WebhookReplayResponse(
        String id,
        String object,
        String endpointId,
        String scope,
        List<String> events,
        Instant since,
        Instant until,
        int perSecond,
        String status,
        @Nullable String statusReason,
        long total,
        long queued,
        long restored,
        @Nullable Progress progress,
        boolean livemode,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /**
     * The state of the deliveries that this replay was the last to queue; deliveries that were replayed again later do not count.
     *
     * @param skipped because the endpoint was disabled or deleted
     * @param waiting waiting for an attempt, or being sent
     */
    @Wire
    record Progress(long delivered, long failed, long skipped, long waiting) {}

    static WebhookReplayResponse of(WebhookReplay replay) {
        return of(replay, null);
    }

    static WebhookReplayResponse of(WebhookReplay.Followed followed) {
        var progress = followed.progress();
        return of(
                followed.replay(),
                new Progress(progress.delivered(), progress.failed(), progress.skipped(), progress.waiting()));
    }

    private static WebhookReplayResponse of(WebhookReplay replay, @Nullable Progress progress) {
        var plan = replay.plan();
        ReplayEnd reason = replay.reason();
        return new WebhookReplayResponse(
                replay.id().toString(),
                "webhook_replay",
                replay.endpoint().toString(),
                plan.scope().wireName(),
                plan.events(),
                plan.since(),
                plan.until(),
                plan.perSecond(),
                replay.status().wireName(),
                reason == null ? null : reason.wireName(),
                replay.total(),
                replay.queued(),
                replay.restored(),
                progress,
                replay.tenant().mode().livemode(),
                replay.createdAt(),
                replay.endedAt());
    }
}
