package dev.carillon.worker.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.Exchanges;
import dev.carillon.core.pacing.HostBreaker;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.publication.AttemptService;
import dev.carillon.core.publication.AttemptService.AttemptLost;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Ended;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.StartedAttempt;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts: starts them together, calls the platforms in parallel, and records each attempt when it ends. */
@Singleton
public class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final AttemptService attempts;
    private final AttemptStarter starter;
    private final OutcomeRecorder recorder;
    private final Connectors connectors;
    private final RunningPublications running;
    private final LongAttempts longAttempts;
    private final HostBreaker breaker;
    private final PublishingMetrics metrics;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;

    Publisher(
            AttemptService attempts,
            AttemptStarter starter,
            OutcomeRecorder recorder,
            Connectors connectors,
            RunningPublications running,
            LongAttempts longAttempts,
            HostBreaker breaker,
            PublishingMetrics metrics,
            PublishingConfig config,
            DispatchConfig dispatch) {
        this.attempts = attempts;
        this.starter = starter;
        this.recorder = recorder;
        this.connectors = connectors;
        this.running = running;
        this.longAttempts = longAttempts;
        this.breaker = breaker;
        this.metrics = metrics;
        this.config = config;
        this.dispatch = dispatch;
    }

    /**
     * Publishes claimed publications, except those that have been canceled or claimed again since. Returns when all
     * have ended, or earlier, while slow ones continue.
     */
    void publish(List<Claim> claims) throws InterruptedException {
        // Created before the start, so that a pause of this process shortens the calls instead of moving them past the
        // lease.
        var began = Deadline.in(config.callDeadline());
        var started = start(claims);
        running.started(claims);
        running.runAll(claims, claim -> Optional.ofNullable(started.get(claim))
                .ifPresent(attempt -> publish(claim, attempt, began)));
    }

    private Map<Claim, StartedAttempt> start(List<Claim> claims) {
        try {
            return starter.start(claims);
        } catch (RuntimeException e) {
            running.ended(claims);
            throw e;
        }
    }

    private void publish(Claim claim, StartedAttempt attempt, Deadline usual) {
        var exchanges = new Exchanges();
        call(claim, attempt, usual, exchanges).ifPresent(outcome -> {
            running.answered(claim);
            record(attempt.publication().tenant().mode(), new Ended(claim, outcome, exchanges.all()));
            breaker.saw(attempt.account(), outcome, attempt.trial());
        });
    }

    private Optional<PublishOutcome> call(Claim claim, StartedAttempt attempt, Deadline usual, Exchanges exchanges) {
        var publication = attempt.publication();
        var connector = connectors.get(attempt.account());
        try (var time = longAttempts.timeFor(claim, connector.callTime(publication.platform()), usual)) {
            var request = new PublishRequest(
                    publication.id(),
                    attempt.account(),
                    attempt.text(),
                    attempt.settings(),
                    attempt.replyTo(),
                    publication.checkpoint(),
                    checkpoint -> attempts.keep(publication, checkpoint, dispatch.lease()),
                    time.deadline());
            return Optional.of(exchanges.during(() -> connector.publish(request)));
        } catch (AttemptLost lost) {
            LOG.atInfo()
                    .addKeyValue("publication", publication.id())
                    .log("attempt lost to another one; nothing was sent");
            metrics.ended(publication.tenant().mode(), PublishingMetrics.LOST);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("publication", publication.id())
                    .log("the connector failed");
            // The connector may have sent the post before it failed.
            return Optional.of(new PublishOutcome.Unconfirmed(Failure.of(
                    ErrorCode.INTERNAL_ERROR,
                    "Carillon failed during the attempt; the platform is asked what happened.")));
        }
    }

    private void record(Mode mode, Ended ended) {
        var recorded = recorder.record(ended);
        metrics.ended(mode, recorded.isPresent() ? ended.outcome().wireName() : PublishingMetrics.LOST);
        LOG.atInfo()
                .addKeyValue("publication", ended.claim().publication())
                .addKeyValue("outcome", ended.outcome().wireName())
                .addKeyValue(
                        "status",
                        recorded.map(after -> after.status().wireName()).orElse(PublishingMetrics.LOST))
                .log("publish finished");
    }
}
