package dev.carillon.webhooks;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.webhook.delivery.DeliveryStatus;
import dev.carillon.core.webhook.delivery.DueDelivery;
import dev.carillon.jobs.Ticks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Delivery metrics for operators: how soon deliveries are first attempted, the results of attempts, and what is
 * waiting.
 */
@Singleton
class DeliveryMetrics {
    private static final Set<DeliveryStatus> AFTER_AN_ATTEMPT =
            EnumSet.of(DeliveryStatus.DELIVERED, DeliveryStatus.SCHEDULED, DeliveryStatus.FAILED);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final WaitingMetrics waiting;
    private final ByMode<Timer> delay;
    private final ByMode<Map<DeliveryStatus, Counter>> attempts = new ByMode<>(mode -> new ConcurrentHashMap<>());

    DeliveryMetrics(MeterRegistry registry, WaitingMetrics waiting) {
        this.registry = registry;
        this.waiting = waiting;
        this.delay = new ByMode<>(mode -> Timer.builder("carillon.delivery.delay")
                .description("Time from an event's record to the start of its delivery's first attempt")
                .tags(mode)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }

    /**
     * Registers the counters at zero, because Prometheus sees no increase in a counter that starts at one; and counts
     * waiting deliveries on these ticks.
     */
    void startOn(Ticks ticks) {
        for (var mode : Mode.values()) {
            AFTER_AN_ATTEMPT.forEach(status -> counter(mode, status));
        }
        waiting.startOn(ticks);
    }

    /** An attempt is about to start. Only a first attempt that is not a replay shows how soon events go out. */
    void begun(DueDelivery delivery) {
        if (delivery.number() == 1 && !delivery.replay()) {
            var since = Duration.between(delivery.claim().event().recordedAt(), delivery.startedAt());
            // Ids are made with a machine's clock, which may differ slightly from the database's.
            delay.of(delivery.tenant().mode()).record(since.isNegative() ? Duration.ZERO : since);
        }
    }

    /** An attempt was recorded and left the delivery in this status. */
    void attempted(Mode mode, DeliveryStatus status) {
        counter(mode, status).increment();
    }

    private Counter counter(Mode mode, DeliveryStatus status) {
        return attempts.of(mode).computeIfAbsent(status, left -> Counter.builder("carillon.deliveries")
                .description(
                        "Webhook delivery attempts, by the delivery's status afterwards; scheduled means that it is retried")
                .tags(ByMode.tag(mode))
                .tag("status", left.wireName())
                .register(registry));
    }
}
