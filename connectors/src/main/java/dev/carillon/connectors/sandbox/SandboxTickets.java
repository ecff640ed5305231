package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.sandbox.SandboxApi.Progress;
import dev.carillon.connectors.sandbox.SandboxApi.Taken;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Processing;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Posts that the sandbox platform has taken and is still working on. */
final class SandboxTickets {
    /** The status of an answer with a ticket. */
    static final int TAKEN = 202;

    private static final String TICKET = "ticket";
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    /**
     * How long to wait before asking again if the platform does not answer, which does not mean that it dropped the
     * post.
     */
    private static final Duration WHEN_IT_DOES_NOT_ANSWER = Duration.ofSeconds(5);

    private SandboxTickets() {}

    static PublishOutcome of(SandboxApi api, Answered answer) {
        return api.read(answer, Taken.class)
                .flatMap(taken -> Optional.ofNullable(taken.ticket())
                        .<PublishOutcome>map(ticket -> new Processing(
                                new PlatformTicket(Map.of(TICKET, ticket)), seconds(taken.askAfterSeconds()))))
                .orElseGet(() -> CallOutcomes.unreadable(SandboxErrors.PLATFORM, answer));
    }

    static PublishOutcome ask(
            SandboxApi api, ConnectedAccount account, PlatformTicket ticket, Instant now, Deadline deadline) {
        var number = ticket.values().getOrDefault(TICKET, "");
        return switch (api.ticket(account.id().toString(), number, now, deadline)) {
            case Answered answer
            when answer.ok() ->
                api.read(answer, Progress.class)
                        .flatMap(progress -> outcome(progress, ticket))
                        .orElseGet(() -> CallOutcomes.unreadable(SandboxErrors.PLATFORM, answer));
            case Answered answer
            when answer.status() == 404 ->
                new Unconfirmed(Failure.of(
                        ErrorCode.OUTCOME_UNCONFIRMED, "The sandbox platform does not know the ticket of this post."));
            case Answered _, NeverSent _, NoAnswer _ -> new Processing(ticket, WHEN_IT_DOES_NOT_ANSWER);
        };
    }

    private static Optional<PublishOutcome> outcome(Progress progress, PlatformTicket ticket) {
        return switch (progress.status()) {
            case "processing" ->
                Optional.ofNullable(progress.askAfterSeconds())
                        .map(seconds -> new Processing(ticket, seconds(seconds)));
            case "published" -> SandboxApi.post(progress.id(), progress.url()).map(Published::new);
            case "rejected" ->
                Optional.of(new Rejected(Failure.of(
                        ErrorCode.PLATFORM_REJECTED,
                        "The sandbox platform accepted the post for processing and then rejected it.",
                        progress.message() == null ? "" : progress.message())));
            case null, default -> Optional.empty();
        };
    }

    private static Duration seconds(long seconds) {
        var wanted = Duration.ofSeconds(seconds);
        return wanted.compareTo(AT_LEAST) < 0 ? AT_LEAST : wanted;
    }
}
