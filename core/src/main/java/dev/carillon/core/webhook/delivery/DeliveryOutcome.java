package dev.carillon.core.webhook.delivery;

import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the end of an attempt means for its delivery and its endpoint. */
public sealed interface DeliveryOutcome {
    /** It arrived. */
    record Taken() implements DeliveryOutcome {}

    /** The receiver wants nothing more, ever. */
    record Gone() implements DeliveryOutcome {}

    /**
     * It did not arrive.
     *
     * @param notBefore when the receiver wants to be called again; null if it did not say
     * @param busy whether the receiver, or a server in front of it, is overloaded
     */
    record Refused(@Nullable Instant notBefore, boolean busy) implements DeliveryOutcome {}

    /** It was aborted on this side, which says nothing about the endpoint. */
    record BrokenOff() implements DeliveryOutcome {}

    Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    int GONE = 410;

    /**
     * Judges the result of an attempt.
     *
     * @param longestWait the longest wait that a receiver may ask for
     */
    static DeliveryOutcome of(OutboundReply reply, Instant now, Duration longestWait) {
        return switch (reply) {
            case Answered answer when answer.ok() -> new Taken();
            case Answered answer when answer.status() == GONE -> new Gone();
            case Answered answer ->
                new Refused(
                        RetryAfter.in(answer.headers(), now, longestWait).orElse(null), BUSY.contains(answer.status()));
            case OutboundReply.NeverSent(var failure) -> of(failure);
            case OutboundReply.NoAnswer(var failure) -> of(failure);
        };
    }

    private static DeliveryOutcome of(OutboundFailure failure) {
        return failure.kind() == OutboundFailure.Kind.INTERRUPTED ? new BrokenOff() : new Refused(null, false);
    }
}
