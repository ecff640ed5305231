package dev.carillon.core.webhook.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.webhook.delivery.DeliveryAttemptQueries.Written;
import dev.carillon.core.webhook.delivery.Tally.Judged;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import dev.carillon.core.webhook.health.EndpointHealthConfig;
import dev.carillon.core.webhook.health.EndpointHealthService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deliveries in progress: starts their attempts, and records how these ended. */
@Singleton
public class DeliveryAttemptService {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttemptService.class);

    private final Transactions transactions;
    private final DeliveryAttemptQueries attempts;
    private final EndpointHealthService health;
    private final ReceiverFactory receivers;
    private final Clocks clocks;
    private final WebhookConfig config;
    private final EndpointHealthConfig healthConfig;

    DeliveryAttemptService(
            Transactions transactions,
            DeliveryAttemptQueries attempts,
            EndpointHealthService health,
            ReceiverFactory receivers,
            Clocks clocks,
            WebhookConfig config,
            EndpointHealthConfig healthConfig) {
        this.transactions = transactions;
        this.attempts = attempts;
        this.health = health;
        this.receivers = receivers;
        this.clocks = clocks;
        this.config = config;
        this.healthConfig = healthConfig;
    }

    /**
     * Starts one attempt for each claimed delivery, all in one transaction. Leaves out deliveries whose claim was lost;
     * those of an endpoint that is no longer enabled, which are skipped; and those of a paused endpoint, which are
     * given back without an attempt.
     *
     * @param lease half of it is longer than an attempt can last; a claim with less than half left is renewed
     */
    public List<DueDelivery> take(Collection<DeliveryClaim> claims, Duration lease) {
        return transactions.acrossWorkspaces(() -> {
            var opened = new HashMap<WebhookEndpointId, Optional<Receiver>>();
            var taken = attempts.take(claims, lease.dividedBy(2), clocks.now(), row -> taken(row, opened));
            var byFate = taken.stream().collect(groupingBy(Taken::fate));
            renounce(byFate);
            var ready = new ArrayList<>(due(byFate.get(Fate.SEND)));
            var late = due(byFate.get(Fate.RENEW));
            if (!late.isEmpty()) {
                var renewed =
                        attempts.renew(late.stream().map(DueDelivery::claim).toList(), lease);
                late.stream().filter(one -> renewed.contains(one.claim())).forEach(ready::add);
            }
            return List.copyOf(ready);
        });
    }

    /** What happens to a claim. */
    private enum Fate {
        SEND,
        /** Its lease must be renewed first. */
        RENEW,
        SKIP,
        GIVE_BACK,
        /** It cannot be sent; its lease is left to expire. */
        LEAVE
    }

    private record Taken(
            DeliveryClaim claim, Fate fate, @Nullable DueDelivery due) {}

    private Taken taken(Row row, Map<WebhookEndpointId, Optional<Receiver>> opened) {
        var claim = DeliveryAttemptQueries.claim(row);
        if (EndpointStatus.named(row.text("endpoint_status")) != EndpointStatus.ENABLED) {
            return new Taken(claim, Fate.SKIP, null);
        }
        if (row.truth("is_paused")) {
            return new Taken(claim, Fate.GIVE_BACK, null);
        }
        return opened.computeIfAbsent(claim.endpoint(), endpoint -> receiver(endpoint, row))
                .map(receiver -> new Taken(
                        claim, row.truth("lease_is_short") ? Fate.RENEW : Fate.SEND, due(claim, receiver, row)))
                .orElseGet(() -> new Taken(claim, Fate.LEAVE, null));
    }

    /** Empty if its secrets cannot be unsealed, which must not hold up the other receivers. */
    private Optional<Receiver> receiver(WebhookEndpointId endpoint, Row row) {
        try {
            return Optional.of(receivers.open(row));
        } catch (IllegalStateException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("endpoint", endpoint)
                    .log("cannot send to an endpoint, because its secrets cannot be opened");
            return Optional.empty();
        }
    }

    private static DueDelivery due(DeliveryClaim claim, Receiver receiver, Row row) {
        int number = row.integer("number");
        var replayedAfter = row.integerOrNull("replayed_after");
        return new DueDelivery(
                claim,
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                receiver,
                row.text("event_type"),
                row.text("body"),
                number,
                replayedAfter == null ? number : number - replayedAfter,
                replayedAfter != null,
                row.truth("probing"),
                row.instant("started_at"));
    }

    private void renounce(Map<Fate, List<Taken>> byFate) {
        var skipped = byFate.get(Fate.SKIP);
        if (skipped != null) {
            attempts.skip(skipped.stream().map(Taken::claim).toList());
        }
        var givenBack = byFate.get(Fate.GIVE_BACK);
        if (givenBack != null) {
            attempts.giveBack(givenBack.stream().map(Taken::claim).toList());
        }
    }

    private static List<DueDelivery> due(@Nullable List<Taken> taken) {
        return taken == null
                ? List.of()
                : taken.stream()
                        .flatMap(one -> Optional.ofNullable(one.due()).stream())
                        .toList();
    }

    /**
     * Records how attempts ended and the effects on their endpoints, all in one transaction.
     *
     * @param ended in the order in which they ended
     * @return the new status of each delivery; nothing is written for deliveries that have been claimed again since,
     *     and they are missing
     */
    public Map<DeliveryClaim, DeliveryStatus> record(List<EndedDeliveryAttempt> ended) {
        return transactions.acrossWorkspaces(() -> {
            var now = clocks.now();
            var outcomes = new LinkedHashMap<DeliveryClaim, DeliveryOutcome>();
            var written = new ArrayList<Written>();
            for (var one : ended) {
                var outcome = DeliveryOutcome.of(one.reply(), now, healthConfig.longestRetryAfter());
                // A job that ran twice has made the same attempt twice.
                if (outcomes.putIfAbsent(one.delivery().claim(), outcome) == null) {
                    written.add(written(one, outcome, now));
                }
            }
            var failing = attempts.end(written);
            var owned = written.stream()
                    .filter(one -> failing.containsKey(one.claim()))
                    .toList();
            health.follow(tallies(owned, outcomes, failing), now);
            return owned.stream().collect(toMap(Written::claim, Written::status));
        });
    }

    private Written written(EndedDeliveryAttempt ended, DeliveryOutcome outcome, Instant now) {
        var status = statusAfter(ended.delivery(), outcome);
        return new Written(
                ended,
                status,
                status == DeliveryStatus.SCHEDULED ? nextAttempt(ended.delivery(), outcome, now) : null,
                ended.reply() instanceof Answered answer
                        ? ResponseExcerpt.of(answer, config.replyExcerptBytes())
                        : null);
    }

    private DeliveryStatus statusAfter(DueDelivery delivery, DeliveryOutcome outcome) {
        return switch (outcome) {
            case DeliveryOutcome.Taken() -> DeliveryStatus.DELIVERED;
            case DeliveryOutcome.Gone() -> DeliveryStatus.FAILED;
            case DeliveryOutcome.Refused refused -> afterFailure(delivery);
            case DeliveryOutcome.BrokenOff() -> afterFailure(delivery);
        };
    }

    private DeliveryStatus afterFailure(DueDelivery delivery) {
        return config.retriesAfter(delivery.place()) ? DeliveryStatus.SCHEDULED : DeliveryStatus.FAILED;
    }

    private Instant nextAttempt(DueDelivery delivery, DeliveryOutcome outcome, Instant now) {
        var scheduled = now.plus(config.waitAfter(delivery.place()));
        var asked = outcome instanceof DeliveryOutcome.Refused refused ? refused.notBefore() : null;
        return asked != null && asked.isAfter(scheduled) ? asked : scheduled;
    }

    /** Only endpoints whose health may have changed; nothing is read or written for the healthy ones. */
    private static Map<WebhookEndpointId, Tally> tallies(
            List<Written> owned, Map<DeliveryClaim, DeliveryOutcome> outcomes, Map<DeliveryClaim, Boolean> failing) {
        var tallies = new HashMap<WebhookEndpointId, Tally>();
        owned.stream().collect(groupingBy(one -> one.claim().endpoint())).forEach((endpoint, ofEndpoint) -> {
            var tally = Tally.of(ofEndpoint.stream()
                    .map(one -> new Judged(one.delivery(), Objects.requireNonNull(outcomes.get(one.claim()))))
                    .toList());
            boolean mayRecover = ofEndpoint.stream().anyMatch(one -> Boolean.TRUE.equals(failing.get(one.claim())));
            if (mayRecover || !tally.changesNothing()) {
                tallies.put(endpoint, tally);
            }
        });
        return tallies;
    }
}
