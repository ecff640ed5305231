package dev.carillon.worker.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.ExchangeRecorder;
import dev.carillon.core.pacing.HostBreaker;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.attempt.AttemptService;
import dev.carillon.core.publication.attempt.AttemptService.AttemptLost;
import dev.carillon.core.publication.attempt.Ended;
import dev.carillon.core.publication.attempt.OutcomeService;
import dev.carillon.core.publication.attempt.StartedAttempt;
import dev.carillon.jobs.AttemptRunner;
import dev.carillon.jobs.DispatchConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts: starts them together, calls the platforms in parallel, and records each attempt when it ends. */
@Singleton
public class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final int CHUNKS_AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AttemptService attempts;
    private final Connectors connectors;
    private final LongAttempts longAttempts;
    private final HostBreaker breaker;
    private final PublishingMetrics metrics;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;
    private final AttemptRunner<Claim, StartedAttempt, Ended, Publication> runner;

    Publisher(
            AttemptService attempts,
            OutcomeService outcomes,
            Connectors connectors,
            LongAttempts longAttempts,
            HostBreaker breaker,
            PublishingMetrics metrics,
            PublishingConfig config,
            DispatchConfig dispatch) {
        this.attempts = attempts;
        this.connectors = connectors;
        this.longAttempts = longAttempts;
        this.breaker = breaker;
        this.metrics = metrics;
        this.config = config;
        this.dispatch = dispatch;
        this.runner = new AttemptRunner<>(
                new AttemptRunner.Settings("publication", CHUNKS_AT_ONCE, PATIENCE, dispatch.lease()),
                this::start,
                ended -> outcomes.record(ended),
                Ended::claim);
    }

    /** What runs the attempts; the dispatcher is told how far they are. */
    public AttemptRunner<Claim, StartedAttempt, Ended, Publication> runner() {
        return runner;
    }

    /**
     * Publishes claimed publications, except those that have been canceled or claimed again since. Returns when all
     * have ended, or earlier, while slow ones continue.
     */
    void publish(List<Claim> claims) throws InterruptedException {
        // Created before the start, so that a pause of this process shortens the calls instead of moving them past the
        // lease.
        var began = Deadline.in(config.callDeadline());
        runner.run(claims, (claim, attempt) -> publish(claim, attempt, began));
    }

    private Map<Claim, StartedAttempt> start(List<Claim> claims) {
        var started = new HashMap<Claim, StartedAttempt>();
        attempts.start(claims, WorkerName.OF_THIS_PROCESS, dispatch.lease()).forEach(attempt -> {
            started.put(attempt.publication().claim(), attempt);
            metrics.begun(attempt);
        });
        return started;
    }

    private void publish(Claim claim, StartedAttempt attempt, Deadline usual) {
        var exchanges = new ExchangeRecorder();
        call(claim, attempt, usual, exchanges).ifPresent(outcome -> {
            runner.answered(claim);
            record(attempt.publication().tenant().mode(), new Ended(claim, outcome, exchanges.all()));
            breaker.saw(attempt.account(), outcome, attempt.trial());
        });
    }

    private Optional<PublishOutcome> call(
            Claim claim, StartedAttempt attempt, Deadline usual, ExchangeRecorder exchanges) {
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
                    .log("another claim took over the publication; nothing was sent");
            metrics.ended(publication.tenant().mode(), PublishingMetrics.LOST);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("publication", publication.id())
                    .log("connector failed");
            // The connector may have sent the post before it failed.
            return Optional.of(new PublishOutcome.Unconfirmed(Failure.of(
                    ErrorCode.INTERNAL_ERROR,
                    "Carillon failed during the attempt and will ask the platform what happened.")));
        }
    }

    private void record(Mode mode, Ended ended) {
        // A known outcome must not be lost, because not every platform can be asked for it later. If it cannot be
        // recorded, the lease expires, and the platform is asked.
        var recorded = runner.record(ended);
        metrics.ended(mode, recorded.isPresent() ? ended.outcome().wireName() : PublishingMetrics.LOST);
        LOG.atInfo()
                .addKeyValue("publication", ended.claim().publication())
                .addKeyValue("outcome", ended.outcome().wireName())
                .addKeyValue(
                        "status",
                        recorded.map(after -> after.status().wireName()).orElse(PublishingMetrics.LOST))
                .log("publish attempt finished");
    }

    @PreDestroy
    void close() {
        runner.close();
    }
}
