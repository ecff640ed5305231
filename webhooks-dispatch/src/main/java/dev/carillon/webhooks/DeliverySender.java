package dev.carillon.webhooks;

import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.webhook.Deliveries;
import dev.carillon.core.webhook.DeliveryStatus;
import dev.carillon.core.webhook.DueDelivery;
import dev.carillon.core.webhook.WebhookConfig;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.webhooks.DeliverJob.Claim;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try: take, send, record. The call itself stands outside any transaction. */
@Singleton
class DeliverySender {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverySender.class);

    private final Deliveries deliveries;
    private final OutboundHttp http;
    private final WebhookConfig config;
    private final DispatchConfig dispatch;
    private final DeliveryMetrics metrics;

    DeliverySender(
            Deliveries deliveries,
            OutboundHttp http,
            WebhookConfig config,
            DispatchConfig dispatch,
            DeliveryMetrics metrics) {
        this.deliveries = deliveries;
        this.http = http;
        this.config = config;
        this.dispatch = dispatch;
        this.metrics = metrics;
    }

    /** Sends a claimed delivery, unless somebody else has claimed it since or its endpoint gets nothing any more. */
    void deliver(Claim claim) {
        // Before the lease is drawn: then a pause of this process shortens the call, and cannot move it past the lease.
        var deadline = Deadline.in(config.timeout());
        deliveries
                .take(claim.event(), claim.endpoint(), claim.generation(), dispatch.lease())
                .ifPresent(delivery -> send(delivery, deadline));
    }

    private void send(DueDelivery delivery, Deadline deadline) {
        long started = System.nanoTime();
        var reply = http.send(SignedWebhook.of(delivery, deadline));
        var took = Duration.ofNanos(System.nanoTime() - started);
        var status = deliveries.record(delivery, reply, took);
        status.ifPresent(left -> metrics.tried(delivery.tenant().mode(), left));
        LOG.atInfo()
                .addKeyValue("endpoint", delivery.endpoint())
                .addKeyValue("event", delivery.event())
                .addKeyValue("try", delivery.number())
                .addKeyValue("answer", answer(reply))
                .addKeyValue("ms", took.toMillis())
                .addKeyValue("status", status.map(DeliveryStatus::wireName).orElse("lost"))
                .log("webhook tried");
    }

    private static String answer(OutboundReply reply) {
        return switch (reply) {
            case OutboundReply.Answered answer -> Integer.toString(answer.status());
            case OutboundReply.NeverSent(var failure) -> failure.kind().name();
            case OutboundReply.NoAnswer(var failure) -> failure.kind().name();
        };
    }
}
