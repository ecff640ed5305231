package dev.carillon.connectors.sandbox;

import static dev.carillon.core.kernel.ErrorCode.PLATFORM_REJECTED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_UNAVAILABLE;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.sandbox.SandboxApi.Trouble;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import java.time.Instant;

/** What the sandbox platform's refusals mean. */
final class SandboxErrors {
    static final String PLATFORM = "The sandbox platform";
    static final String ACCOUNT_NOT_FOUND = "account_not_found";

    private SandboxErrors() {}

    static PublishOutcome outcome(Answered answer, Trouble trouble, Instant now) {
        if (answer.status() >= 500) {
            return CallOutcomes.serverError(PLATFORM, answer, trouble.text(), now);
        }
        return switch (answer.status()) {
            case 429 -> CallOutcomes.throttled(PLATFORM, answer, PauseScope.ACCOUNT, trouble.text(), now);
            case 400, 413, 422 ->
                new Rejected(
                        Failure.of(PLATFORM_REJECTED, "The sandbox platform did not take the post.", trouble.text()));
            default ->
                new Unavailable(Failure.of(
                        PLATFORM_UNAVAILABLE,
                        "The sandbox platform does not take posts from this installation (%d)."
                                .formatted(answer.status()),
                        trouble.text()));
        };
    }
}
