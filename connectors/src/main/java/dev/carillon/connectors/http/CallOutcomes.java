package dev.carillon.connectors.http;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.FailureClass;
import dev.carillon.core.platform.LookUp;
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

/** Outcomes of a call that are the same on every platform. */
public final class CallOutcomes {
    private CallOutcomes() {}

    public static Unavailable notSent(NeverSent reply) {
        return new Unavailable(
                Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, reply.failure().message())
                        .as(troubleOf(reply.failure())));
    }

    public static Unconfirmed noAnswer(NoAnswer reply) {
        return new Unconfirmed(
                Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, reply.failure().message())
                        .as(troubleOf(reply.failure())));
    }

    private static FailureClass troubleOf(OutboundFailure failure) {
        return failure.kind() == OutboundFailure.Kind.INTERRUPTED ? FailureClass.OURS : FailureClass.NETWORK;
    }

    /** A success whose body cannot be read: the post is probably there, but its id is unknown. */
    public static Unconfirmed unreadable(String platformName, Answered answer) {
        var message = "%s answered %d, but the answer could not be read%s."
                .formatted(platformName, answer.status(), answer.truncated() ? " because it is too long" : "");
        return new Unconfirmed(Failure.of(ErrorCode.PLATFORM_REPLY_UNREADABLE, message));
    }

    /**
     * A server error, which may have happened before or after the platform took the post. This includes a 503, even one
     * with a time to come back: many front servers answer like that when the server behind them took too long with a
     * request that it has.
     */
    public static Unconfirmed serverError(String platformName, Answered answer, String platformMessage, Instant now) {
        var message = "%s answered with a server error (%d).".formatted(platformName, answer.status());
        return new Unconfirmed(
                Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, message, platformMessage),
                RetryTimes.retryAfter(answer.headers(), now).orElse(null));
    }

    public static Throttled throttled(
            String platformName, Answered answer, PauseScope scope, String platformMessage, Instant now) {
        var until = RetryTimes.of(answer.headers(), now);
        var message = "%s accepts no more requests from %s until %s.".formatted(platformName, nameOf(scope), until);
        return new Throttled(until, scope, Failure.of(ErrorCode.PLATFORM_RATE_LIMITED, message, platformMessage));
    }

    private static String nameOf(PauseScope scope) {
        return switch (scope) {
            case ACCOUNT, IDENTITY -> "this account";
            case APP -> "this app";
            case HOST -> "this installation";
        };
    }

    /**
     * The outcome of a call that must succeed before anything irreversible happens: if the call's own outcome is
     * unknown, the post has certainly not been sent.
     */
    public static PublishOutcome beforeThePost(PublishOutcome outcome) {
        return outcome instanceof Unconfirmed(var failure, var notBefore)
                ? new Unavailable(failure, notBefore)
                : outcome;
    }

    /** Why a look-up got no answer, with the time at which the platform asks to be called again. */
    public static LookUp.NotAnswered notAnswered(PublishOutcome outcome) {
        return switch (outcome) {
            case Throttled(var until, var scope, var failure) -> new LookUp.NotAnswered(failure, until);
            case Unavailable(var failure, var notBefore) -> new LookUp.NotAnswered(failure, notBefore);
            case Unconfirmed(var failure, var notBefore) -> new LookUp.NotAnswered(failure, notBefore);
            case Rejected(var failure) -> new LookUp.NotAnswered(failure);
            case AccessLost(var failure) -> new LookUp.NotAnswered(failure);
            case Published _, Processing _ -> throw new IllegalArgumentException("nothing failed");
        };
    }

    /** As above, for an answer that only the look-up itself can interpret. */
    public static LookUp.NotAnswered notAnswered(Failure failure, Answered answer, Instant now) {
        return new LookUp.NotAnswered(
                failure,
                answer.status() == 429
                        ? RetryTimes.of(answer.headers(), now)
                        : RetryTimes.retryAfter(answer.headers(), now).orElse(null));
    }

    /** Why something was not done, for callers that need only the failure. */
    public static Failure failureOf(PublishOutcome outcome) {
        return switch (outcome) {
            case Throttled throttled -> throttled.failure();
            case Unavailable unavailable -> unavailable.failure();
            case Unconfirmed unconfirmed -> unconfirmed.failure();
            case Rejected(var failure) -> failure;
            case AccessLost(var failure) -> failure;
            case Published _, Processing _ -> throw new IllegalArgumentException("nothing failed");
        };
    }
}
