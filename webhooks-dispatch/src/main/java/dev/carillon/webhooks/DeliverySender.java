package dev.carillon.webhooks;

import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.webhook.delivery.DeliveryAttemptService;
import dev.carillon.core.webhook.delivery.DeliveryClaim;
import dev.carillon.core.webhook.delivery.DeliveryStatus;
import dev.carillon.core.webhook.delivery.DueDelivery;
import dev.carillon.core.webhook.delivery.EndedDeliveryAttempt;
import dev.carillon.core.webhook.delivery.WebhookConfig;
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
import org.slf4j.event.Level;

/**
 * Runs delivery attempts: takes them together, sends them in parallel, and records each when it ends. No call is made
 * inside a transaction.
 */
@Singleton
class DeliverySender {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverySender.class);
    private static final int CHUNKS_AT_ONCE = 16;

    /** Most receivers answer sooner; those that hang must not hold up the jobs of others. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final DeliveryAttemptService deliveries;
    private final OutboundHttp http;
    private final WebhookConfig config;
    private final DispatchConfig dispatch;
    private final DeliveryMetrics metrics;
    private final AttemptRunner<DeliveryClaim, DueDelivery, EndedDeliveryAttempt, DeliveryStatus> runner;

    DeliverySender(
            DeliveryAttemptService deliveries,
            OutboundHttp http,
            WebhookConfig config,
            DispatchConfig dispatch,
            DeliveryMetrics metrics) {
        this.deliveries = deliveries;
        this.http = http;
        this.config = config;
        this.dispatch = dispatch;
        this.metrics = metrics;
        this.runner = new AttemptRunner<>(
                new AttemptRunner.Settings("delivery", CHUNKS_AT_ONCE, PATIENCE, dispatch.lease()),
                this::take,
                deliveries::record,
                ended -> ended.delivery().claim());
    }

    /** What runs the attempts; the dispatcher is told how far they are. */
    AttemptRunner<DeliveryClaim, DueDelivery, EndedDeliveryAttempt, DeliveryStatus> runner() {
        return runner;
    }

    /**
     * Sends claimed deliveries, except those that have been claimed again since and those whose endpoint must not
     * receive them now. Returns when all have ended, or earlier, while slow ones continue.
     */
    void deliver(List<DeliveryClaim> claims) throws InterruptedException {
        // Created before the claims are checked, so that a pause of this process shortens the calls instead of moving
        // them past the lease.
        var latest = Deadline.in(dispatch.lease().dividedBy(2));
        runner.run(claims, (claim, delivery) -> send(delivery, latest));
    }

    private Map<DeliveryClaim, DueDelivery> take(List<DeliveryClaim> claims) {
        var taken = new HashMap<DeliveryClaim, DueDelivery>();
        deliveries.take(claims, dispatch.lease()).forEach(delivery -> {
            taken.put(delivery.claim(), delivery);
            metrics.begun(delivery);
        });
        return taken;
    }

    private void send(DueDelivery delivery, Deadline latest) {
        if (latest.passed()) {
            LOG.atWarn()
                    .addKeyValue("delivery", delivery.claim().delivery())
                    .log("webhook not sent, because this process was paused for too long; it is claimed again");
            return;
        }
        long started = System.nanoTime();
        var reply = http.send(
                SignedWebhook.of(delivery, deadline(latest)).withMaxResponseBytes(config.replyExcerptBytes()));
        var ended = new EndedDeliveryAttempt(delivery, reply, Duration.ofNanos(System.nanoTime() - started));
        runner.answered(delivery.claim());
        // A receiver's answer must not be lost. If it cannot be recorded, the lease expires, and the receiver gets a
        // duplicate.
        var status = runner.record(ended);
        status.ifPresent(left -> metrics.attempted(delivery.tenant().mode(), left));
        log(ended, status);
    }

    private Deadline deadline(Deadline latest) {
        var left = latest.left();
        return left.compareTo(config.timeout()) < 0 ? latest : Deadline.in(config.timeout());
    }

    /** A successful delivery is counted and in the database; only others are worth a log line at info. */
    private static void log(EndedDeliveryAttempt ended, Optional<DeliveryStatus> status) {
        var level = status.filter(DeliveryStatus.DELIVERED::equals).isPresent() ? Level.DEBUG : Level.INFO;
        var answer = ended.statusCode();
        LOG.atLevel(level)
                .addKeyValue("endpoint", ended.delivery().claim().endpoint())
                .addKeyValue("event", ended.delivery().claim().event())
                .addKeyValue("attempt", ended.delivery().number())
                .addKeyValue("answer", answer == null ? ended.outcome() : answer)
                .addKeyValue("ms", ended.took().toMillis())
                .addKeyValue("status", status.map(DeliveryStatus::wireName).orElse("lost"))
                .log("webhook delivery attempted");
    }

    @PreDestroy
    void close() {
        runner.close();
    }
}
