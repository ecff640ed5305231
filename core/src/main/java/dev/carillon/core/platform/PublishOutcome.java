package dev.carillon.core.platform;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one attempt on a platform came to. A value and not an exception: every caller has to say what each one means. */
public sealed interface PublishOutcome {
    record Published(PlatformPost post) implements PublishOutcome {}

    /** The platform took it and is still working; ask again with the ticket. */
    record Processing(PlatformTicket ticket, Duration askAfter) implements PublishOutcome {}

    /** Refused for now by a limit of the platform; nothing was published. */
    record Throttled(Instant until, PauseScope scope, Failure failure) implements PublishOutcome {}

    /**
     * It certainly did not arrive; trying again is safe.
     *
     * @param notBefore the platform's own wish when to come back; null when it has none
     */
    record Unavailable(Failure failure, @Nullable Instant notBefore) implements PublishOutcome {
        public Unavailable(Failure failure) {
            this(failure, null);
        }
    }

    /**
     * It may have arrived; look before trying again.
     *
     * @param notBefore the platform's own wish when to come back, for a look too; null when it has none
     */
    record Unconfirmed(Failure failure, @Nullable Instant notBefore) implements PublishOutcome {
        public Unconfirmed(Failure failure) {
            this(failure, null);
        }
    }

    /** The platform said no to this content, for good. */
    record Rejected(Failure failure) implements PublishOutcome {}

    /** The platform no longer lets us act for this account. */
    record AccessLost(Failure failure) implements PublishOutcome {}

    /** Its name in attempts, for example {@code access_lost}. */
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

    /** Why it did not publish; null where nothing failed. */
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

    /** Whose work a limit stops. In test mode none of them reaches beyond the workspace. */
    enum PauseScope {
        /** One connected account, in its workspace: a limit on its token. */
        ACCOUNT,
        /** Whoever the account is on the platform, in every workspace that has connected it: a limit on the platform's user. */
        IDENTITY,
        /** Every account of one app (OAuth client, server instance): a limit on the client. */
        APP,
        /** Every account on one host, of any app: a limit on our address, or a host that is down. */
        HOST
    }
}
