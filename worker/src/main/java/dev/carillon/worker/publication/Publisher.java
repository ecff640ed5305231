package dev.carillon.worker.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.publication.AttemptService;
import dev.carillon.core.publication.AttemptService.AttemptLost;
import dev.carillon.core.publication.MarkedAttempt;
import dev.carillon.core.publication.OutcomeService;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.worker.publication.PublishJob.Claim;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt: mark, call, record. */
@Singleton
public class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final AttemptService attempts;
    private final OutcomeService outcomes;
    private final Connectors connectors;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;

    Publisher(
            AttemptService attempts,
            OutcomeService outcomes,
            Connectors connectors,
            PublishingConfig config,
            DispatchConfig dispatch) {
        this.attempts = attempts;
        this.outcomes = outcomes;
        this.connectors = connectors;
        this.config = config;
        this.dispatch = dispatch;
    }

    /** Publishes a claimed publication, unless it has been canceled or claimed by somebody else since. */
    void publish(Claim claim) {
        var id = claim.publication();
        long generation = claim.generation();
        // Before the mark: then a pause of this process shortens the call, and cannot move it past the lease.
        var deadline = Deadline.in(config.callDeadline());
        attempts.mark(id, generation, dispatch.lease())
                .flatMap(attempt -> call(attempt, deadline))
                .ifPresent(outcome -> record(id, generation, outcome));
    }

    private Optional<PublishOutcome> call(MarkedAttempt attempt, Deadline deadline) {
        var publication = attempt.publication();
        var request = new PublishRequest(
                publication.id(),
                attempt.account(),
                attempt.text(),
                attempt.settings(),
                publication.checkpoint(),
                checkpoint -> attempts.keep(publication, checkpoint),
                deadline);
        try {
            return Optional.of(connectors.get(attempt.account()).publish(request));
        } catch (AttemptLost lost) {
            LOG.atInfo()
                    .addKeyValue("publication", publication.id())
                    .log("attempt lost to another one; nothing was sent");
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("publication", publication.id())
                    .log("the connector failed");
            // It may have sent before it failed.
            return Optional.of(new PublishOutcome.Unconfirmed(Failure.of(
                    ErrorCode.INTERNAL_ERROR,
                    "Carillon failed during the attempt; the platform is asked what happened.")));
        }
    }

    private void record(PublicationId id, long generation, PublishOutcome outcome) {
        var recorded = outcomes.record(id, generation, outcome);
        LOG.atInfo()
                .addKeyValue("publication", id)
                .addKeyValue("outcome", outcome.getClass().getSimpleName())
                .addKeyValue(
                        "status",
                        recorded.map(after -> after.status().wireName()).orElse("lost"))
                .log("publish finished");
    }
}
