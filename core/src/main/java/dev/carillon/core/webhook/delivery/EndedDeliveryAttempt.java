package dev.carillon.core.webhook.delivery;

import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.Timing;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An attempt and how it ended. */
public record EndedDeliveryAttempt(DueDelivery delivery, OutboundReply reply, Duration took) {
    /** In one word: {@code delivered}, {@code refused} for any other answer, or why no answer came. */
    public String outcome() {
        return switch (reply) {
            case OutboundReply.Answered answer -> answer.ok() ? "delivered" : "refused";
            case OutboundReply.NeverSent(var failure) -> named(failure);
            case OutboundReply.NoAnswer(var failure) -> named(failure);
        };
    }

    private static String named(OutboundFailure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The status of the answer; null if none came. */
    public @Nullable Integer statusCode() {
        return reply instanceof OutboundReply.Answered answer ? answer.status() : null;
    }

    @Nullable
    OutboundFailure failure() {
        return switch (reply) {
            case OutboundReply.Answered answer -> null;
            case OutboundReply.NeverSent(var failure) -> failure;
            case OutboundReply.NoAnswer(var failure) -> failure;
        };
    }

    /** Null if no call was started. */
    @Nullable
    Timing timing() {
        if (reply instanceof OutboundReply.Answered answer) {
            return answer.timing();
        }
        var failure = failure();
        return failure == null ? null : failure.timing();
    }
}
