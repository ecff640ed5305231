package dev.carillon.connectors.bluesky;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_SUSPENDED;
import static dev.carillon.core.kernel.ErrorCode.AUTH_EXPIRED;
import static dev.carillon.core.kernel.ErrorCode.AUTH_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.PERMISSION_MISSING;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_REJECTED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;

import dev.carillon.connectors.bluesky.Answers.Trouble;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import java.time.Instant;
import java.util.Set;

/** Maps a server's error to an outcome, by the error name in its body first, then by status. */
final class BlueskyErrors {
    static final String PLATFORM = "Bluesky";

    private static final Set<String> TOKEN_EXPIRED = Set.of("ExpiredToken", "invalid_token");
    private static final Set<String> TOKEN_REFUSED = Set.of(
            "InvalidToken", "AuthenticationRequired", "AuthMissing", "BadJwt", "BadJwtSignature", "invalid_grant");
    private static final Set<String> ACCOUNT_STOPPED = Set.of(
            "AccountTakedown",
            "AccountDeactivated",
            "AccountSuspended",
            "RepoTakendown",
            "RepoDeactivated",
            "RepoSuspended");

    /** 3,000 requests in five minutes, the reference server's limit for one address. */
    private static final String PER_ADDRESS = "3000;w=300";

    private BlueskyErrors() {}

    /** Whether a new access token would help. */
    static boolean tokenExpired(Answered answer, Trouble trouble) {
        return (answer.status() == 400 || answer.status() == 401) && TOKEN_EXPIRED.contains(trouble.name());
    }

    /** The outcome of a write that did not succeed. */
    static PublishOutcome outcome(Answered answer, Trouble trouble, Instant now) {
        int status = answer.status();
        if (status == 429 || trouble.name().equals("RateLimitExceeded")) {
            return CallOutcomes.throttled(PLATFORM, answer, limited(answer), trouble.text(), now);
        }
        if (status >= 500 || status == 408) {
            return CallOutcomes.serverError(PLATFORM, answer, trouble.text(), now);
        }
        if (ACCOUNT_STOPPED.contains(trouble.name())) {
            var message = "The account is taken down, suspended or deactivated on Bluesky.";
            return new AccessLost(Failure.of(ACCOUNT_SUSPENDED, message, trouble.text()));
        }
        if (TOKEN_EXPIRED.contains(trouble.name())) {
            return new AccessLost(
                    Failure.of(AUTH_EXPIRED, "The session has ended and could not be renewed.", trouble.text()));
        }
        if (status == 401 || TOKEN_REFUSED.contains(trouble.name())) {
            var message = "Bluesky no longer accepts the session; the app password may have been deleted.";
            return new AccessLost(Failure.of(AUTH_REVOKED, message, trouble.text()));
        }
        return refusedWrite(status, trouble);
    }

    /** Requests are counted per address, writes per repository; the policy header says which limit was hit. */
    static PauseScope limited(Answered answer) {
        return answer.headers()
                        .first("RateLimit-Policy")
                        .filter(PER_ADDRESS::equals)
                        .isPresent()
                ? PauseScope.HOST
                : PauseScope.IDENTITY;
    }

    private static PublishOutcome refusedWrite(int status, Trouble trouble) {
        return switch (status) {
            case 403 ->
                new AccessLost(Failure.of(PERMISSION_MISSING, "The session cannot write posts.", trouble.text()));
            case 400, 413, 422 -> trouble.name().equals("InvalidSwap") ? elsewhere(status, trouble) : rejected(trouble);
            default -> elsewhere(status, trouble);
        };
    }

    private static Rejected rejected(Trouble trouble) {
        return new Rejected(Failure.of(PLATFORM_REJECTED, "Bluesky rejected the post.", trouble.text()));
    }

    /** A redirect, a 404 or an unknown status: nothing was written, and the content is not at fault. */
    private static Unavailable elsewhere(int status, Trouble trouble) {
        var message = "The account's server does not accept posts at the moment (status %d).".formatted(status);
        return new Unavailable(Failure.of(PLATFORM_UNAVAILABLE, message, trouble.text()));
    }
}
