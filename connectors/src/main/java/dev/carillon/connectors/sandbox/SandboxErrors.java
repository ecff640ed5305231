package dev.carillon.connectors.sandbox;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_SUSPENDED;
import static dev.carillon.core.kernel.ErrorCode.AUTH_EXPIRED;
import static dev.carillon.core.kernel.ErrorCode.AUTH_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.DUPLICATE_ON_PLATFORM;
import static dev.carillon.core.kernel.ErrorCode.MEDIA_FETCH_FAILED;
import static dev.carillon.core.kernel.ErrorCode.PERMISSION_MISSING;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_REJECTED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;
import static dev.carillon.core.kernel.ErrorCode.REPLY_TARGET_MISSING;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.sandbox.SandboxApi.Trouble;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import java.time.Instant;
import java.util.Optional;

/** Maps the sandbox platform's errors to outcomes. */
final class SandboxErrors {
    static final String PLATFORM = "The sandbox platform";
    static final String ACCOUNT_NOT_FOUND = "account_not_found";

    private SandboxErrors() {}

    static PublishOutcome outcome(Answered answer, Trouble trouble, Instant now) {
        return known(trouble).orElseGet(() -> byStatus(answer, trouble, now));
    }

    /** Errors whose code is conclusive: only the platform itself returns them, never a server in front of it. */
    private static Optional<PublishOutcome> known(Trouble trouble) {
        var outcome =
                switch (trouble.code()) {
                    case "token_expired" ->
                        new AccessLost(failure(AUTH_EXPIRED, "access to the account has expired", trouble));
                    case "access_revoked" ->
                        new AccessLost(failure(AUTH_REVOKED, "access to the account was revoked", trouble));
                    case "permission_missing" ->
                        new AccessLost(failure(PERMISSION_MISSING, "access does not include posting", trouble));
                    case "account_suspended" ->
                        new AccessLost(failure(ACCOUNT_SUSPENDED, "the account is suspended", trouble));
                    case "duplicate" ->
                        new Rejected(failure(DUPLICATE_ON_PLATFORM, "the account already has the same post", trouble));
                    case "reply_target_missing" ->
                        new Rejected(failure(REPLY_TARGET_MISSING, "the post to reply to does not exist", trouble));
                    case "media_fetch_failed" ->
                        new Unavailable(failure(MEDIA_FETCH_FAILED, "the media could not be fetched", trouble));
                    case "unavailable" ->
                        new Unavailable(failure(PLATFORM_UNAVAILABLE, "it accepts no posts at the moment", trouble));
                    default -> null;
                };
        return Optional.ofNullable(outcome);
    }

    private static Failure failure(ErrorCode code, String reason, Trouble trouble) {
        return Failure.of(code, "%s says that %s.".formatted(PLATFORM, reason), trouble.text());
    }

    private static PublishOutcome byStatus(Answered answer, Trouble trouble, Instant now) {
        if (answer.status() >= 500) {
            return CallOutcomes.serverError(PLATFORM, answer, trouble.text(), now);
        }
        return switch (answer.status()) {
            case 429 -> CallOutcomes.throttled(PLATFORM, answer, PauseScope.ACCOUNT, trouble.text(), now);
            case 400, 413, 422 ->
                new Rejected(Failure.of(PLATFORM_REJECTED, "The sandbox platform rejected the post.", trouble.text()));
            default ->
                new Unavailable(Failure.of(
                        PLATFORM_UNAVAILABLE,
                        "The sandbox platform does not accept posts from this installation (status %d)."
                                .formatted(answer.status()),
                        trouble.text()));
        };
    }
}
