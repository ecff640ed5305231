package dev.carillon.core.platform;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt on a platform. A value and not an exception, so that every caller has to handle each
 * outcome.
 */
public sealed interface PublishOutcome {
    record Published(PlatformPost post) implements PublishOutcome {}

    /** The platform accepted it and is still processing it; ask again with the ticket. */
    record Processing(PlatformTicket ticket, Duration askAfter) implements PublishOutcome {}

    /** Refused for now by a rate limit of the platform; nothing was published. */
    record Throttled(Instant until, PauseScope scope, Failure failure) implements PublishOutcome {}

    /**
     * It certainly did not arrive; another attempt is safe.
     *
     * @param notBefore the earliest time at which the platform wants another attempt; null if it did not say
     */
    record Unavailable(Failure failure, @Nullable Instant notBefore) implements PublishOutcome {
        public Unavailable(Failure failure) {
            this(failure, null);
        }
    }

    /**
     * It may have arrived; look it up before another attempt.
     *
     * @param notBefore the earliest time at which the platform wants another call, including a look-up; null if it did
     *     not say
     */
    record Unconfirmed(Failure failure, @Nullable Instant notBefore) implements PublishOutcome {
        public Unconfirmed(Failure failure) {
            this(failure, null);
        }
    }

    /** The platform refused this content permanently. */
    record Rejected(Failure failure) implements PublishOutcome {}

    /** The platform no longer allows Carillon to act for this account. */
    record AccessLost(Failure failure) implements PublishOutcome {}

    /** The outcome's name in attempts, for example {@code access_lost}. */
    default String wireName() {
        return switch (this) {
            case Published(var post) -> "published";
            case Processing(var ticket, var askAfter) -> "processing";
            case Throttled(var until, var scope, var failure) -> "throttled";
            case Unavailable(var failure, var notBefore) -> "unavailable";
            case Unconfirmed(var failure, var notBefore) -> "unconfirmed";
            case Rejected(var failure) -> "rejected";
            case AccessLost(var failure) -> "access_lost";
        };
    }

    /** Why the attempt did not publish; null if nothing failed. */
    default @Nullable Failure failureOrNull() {
        return switch (this) {
            case Published(var post) -> null;
            case Processing(var ticket, var askAfter) -> null;
            case Throttled(var until, var scope, var failure) -> failure;
            case Unavailable(var failure, var notBefore) -> failure;
            case Unconfirmed(var failure, var notBefore) -> failure;
            case Rejected(var failure) -> failure;
            case AccessLost(var failure) -> failure;
        };
    }

    /** Which accounts a rate limit stops. In test mode no scope reaches beyond the workspace. */
    enum PauseScope {
        /** One connected account in its workspace: a limit on its token. */
        ACCOUNT,
        /**
         * The platform identity behind the account, in every workspace that has connected it: a limit on the platform's
         * user.
         */
        IDENTITY,
        /** Every account of one app (OAuth client, server instance): a limit on the client. */
        APP,
        /** Every account on one host, of any app: a limit on our IP address, or a host that is down. */
        HOST
    }
}
