package dev.carillon.core.webhook;

import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.Timing;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A try that was made, and how it ended. */
public record EndedTry(DueDelivery delivery, OutboundReply reply, Duration took) {
    /** In a word: {@code delivered}, {@code refused} for any other answer, or why none came. */
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

    /** The status of the answer; null where none came. */
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

    /** Null where no call was begun. */
    @Nullable
    Timing timing() {
        if (reply instanceof OutboundReply.Answered answer) {
            return answer.timing();
        }
        var failure = failure();
        return failure == null ? null : failure.timing();
    }
}
