package dev.carillon.connectors.http;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishOutcome.Processing;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Throttled;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import java.time.Instant;

/** What a call means on every platform alike, whoever was called. */
public final class CallOutcomes {
    private CallOutcomes() {}

    public static Unavailable notSent(NeverSent reply) {
        return new Unavailable(
                Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, reply.failure().message()));
    }

    public static Unconfirmed noAnswer(NoAnswer reply) {
        return new Unconfirmed(
                Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, reply.failure().message()));
    }

    /** It said yes, in words that cannot be read: the post is probably there, and its id is not known. */
    public static Unconfirmed unreadable(String platformName, Answered answer) {
        var message = "%s answered %d with something that could not be read%s."
                .formatted(platformName, answer.status(), answer.truncated() ? ", and far too long" : "");
        return new Unconfirmed(Failure.of(ErrorCode.PLATFORM_REPLY_UNREADABLE, message));
    }

    /** A failure on its side, which it may have met before or after it took the post. */
    public static Unconfirmed serverError(String platformName, Answered answer, String platformMessage) {
        var message = "%s had a failure of its own (%d).".formatted(platformName, answer.status());
        return new Unconfirmed(Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, message, platformMessage));
    }

    public static Throttled throttled(
            String platformName, Answered answer, PauseScope scope, String platformMessage, Instant now) {
        var until = RetryTimes.of(answer.headers(), now);
        var message = "%s takes no more from this account until %s.".formatted(platformName, until);
        return new Throttled(until, scope, Failure.of(ErrorCode.PLATFORM_RATE_LIMITED, message, platformMessage));
    }

    /** Why something was not done, for callers that need no more than that. */
    public static Failure failureOf(PublishOutcome outcome) {
        return switch (outcome) {
            case Throttled throttled -> throttled.failure();
            case Unavailable(var failure) -> failure;
            case Unconfirmed(var failure) -> failure;
            case Rejected(var failure) -> failure;
            case AccessLost(var failure) -> failure;
            case Published _, Processing _ -> throw new IllegalArgumentException("nothing failed");
        };
    }
}
