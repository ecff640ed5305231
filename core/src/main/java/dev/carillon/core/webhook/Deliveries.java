package dev.carillon.core.webhook;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.Events;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.sealing.Sealer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The way of events to endpoints: taken for a try, ended or tried again. */
@Singleton
public class Deliveries {
    private static final int GONE = 410;

    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final DeliveryQueries deliveries;
    private final Events events;
    private final Sealer sealer;
    private final Clocks clocks;
    private final WebhookConfig config;

    Deliveries(
            Transactions transactions,
            EndpointQueries endpoints,
            DeliveryQueries deliveries,
            Events events,
            Sealer sealer,
            Clocks clocks,
            WebhookConfig config) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.events = events;
        this.sealer = sealer;
        this.clocks = clocks;
        this.config = config;
    }

    /**
     * Takes a claimed delivery for one try and prolongs its lease.
     *
     * @param lease longer than the try can last
     * @return what to send; empty when the claim was lost, or when the endpoint gets nothing any more and the delivery is skipped
     */
    public Optional<DueDelivery> take(EventId event, WebhookEndpointId endpoint, long generation, Duration lease) {
        return transactions.acrossWorkspaces(() -> deliveries
                .take(event, endpoint, generation, lease, row -> due(event, endpoint, generation, row))
                .flatMap(taken -> taken));
    }

    private Optional<DueDelivery> due(EventId event, WebhookEndpointId endpoint, long generation, Row row) {
        int number = row.integer("number");
        if (EndpointStatus.named(row.text("endpoint_status")) != EndpointStatus.ENABLED) {
            deliveries.end(event, endpoint, generation, number - 1, DeliveryStatus.SKIPPED, null);
            return Optional.empty();
        }
        var tenant = new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode());
        var secret = sealer.open(tenant.workspace(), EndpointSecret.purpose(endpoint), row.bytes("sealed_secret"));
        return Optional.of(new DueDelivery(
                event,
                endpoint,
                tenant,
                generation,
                row.text("url"),
                new EndpointSecret(secret),
                row.text("body"),
                number,
                row.instant("started_at")));
    }

    /**
     * Writes down how a try ended, and what follows from it, together. An endpoint that answers 410 gets nothing any more.
     *
     * @return where the delivery stands now; empty when somebody else has claimed it since, and nothing was written
     */
    public Optional<DeliveryStatus> record(DueDelivery delivery, OutboundReply reply, Duration took) {
        return transactions.acrossWorkspaces(() -> {
            var status = statusAfter(delivery, reply);
            if (!end(delivery, status)) {
                return Optional.empty();
            }
            addTry(delivery, reply, took);
            if (isGone(reply)) {
                endpoints
                        .disable(delivery.endpoint(), DisabledReason.GONE, clocks.now())
                        .ifPresent(this::followDisabling);
            }
            return Optional.of(status);
        });
    }

    private void followDisabling(WebhookEndpoint endpoint) {
        deliveries.skipWaiting(endpoint.id());
        if (endpoint.kind() == EndpointKind.POST_CALLBACK) {
            // It is nobody's to manage: the next post that names the address enables it again.
            return;
        }
        var tenant = endpoint.tenant();
        events.record(
                tenant,
                new Event.WebhookEndpointDisabled(endpoint.payload()),
                clocks.now(tenant.workspace(), tenant.mode()));
    }

    private DeliveryStatus statusAfter(DueDelivery delivery, OutboundReply reply) {
        if (reply instanceof OutboundReply.Answered answer && answer.ok()) {
            return DeliveryStatus.DELIVERED;
        }
        return !isGone(reply) && config.triesAgainAfter(delivery.number())
                ? DeliveryStatus.SCHEDULED
                : DeliveryStatus.FAILED;
    }

    private static boolean isGone(OutboundReply reply) {
        return reply instanceof OutboundReply.Answered answer && answer.status() == GONE;
    }

    private boolean end(DueDelivery delivery, DeliveryStatus status) {
        var tenant = delivery.tenant();
        var nextTry =
                status == DeliveryStatus.SCHEDULED ? clocks.now().plus(config.waitAfter(delivery.number())) : null;
        boolean ended = deliveries.end(
                delivery.event(), delivery.endpoint(), delivery.generation(), delivery.number(), status, nextTry);
        if (ended && nextTry != null) {
            deliveries.hint(tenant, delivery.endpoint(), nextTry);
        }
        return ended;
    }

    private void addTry(DueDelivery delivery, OutboundReply reply, Duration took) {
        switch (reply) {
            case OutboundReply.Answered answer ->
                deliveries.addTry(
                        delivery, answer.ok() ? "delivered" : "refused", answer.status(), took, kept(answer.text()));
            case OutboundReply.NeverSent(var failure) ->
                deliveries.addTry(delivery, failure.kind().name().toLowerCase(Locale.ROOT), null, took, null);
            case OutboundReply.NoAnswer(var failure) ->
                deliveries.addTry(delivery, failure.kind().name().toLowerCase(Locale.ROOT), null, took, null);
        }
    }

    /** PostgreSQL keeps every character but one. */
    private static String kept(String reply) {
        return reply.replace('\0', '\uFFFD');
    }
}
