package dev.carillon.webhooks;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.webhook.DeliveryStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What operators see of deliveries. */
@Singleton
class DeliveryMetrics {
    private static final Set<DeliveryStatus> AFTER_A_TRY =
            EnumSet.of(DeliveryStatus.DELIVERED, DeliveryStatus.SCHEDULED, DeliveryStatus.FAILED);

    private final MeterRegistry registry;
    private final ByMode<Map<DeliveryStatus, Counter>> tries = new ByMode<>(mode -> new ConcurrentHashMap<>());

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows zeros until there is more: Prometheus sees no growth in a count that begins with one. */
    void show() {
        for (var mode : Mode.values()) {
            AFTER_A_TRY.forEach(status -> counter(mode, status));
        }
    }

    /** A try was written down, and left the delivery there. */
    void tried(Mode mode, DeliveryStatus status) {
        counter(mode, status).increment();
    }

    private Counter counter(Mode mode, DeliveryStatus status) {
        return tries.of(mode).computeIfAbsent(status, left -> Counter.builder("carillon.deliveries")
                .description(
                        "Tries to deliver a webhook, by where they left the delivery; scheduled means that it is tried again")
                .tags(ByMode.tag(mode))
                .tag("status", left.wireName())
                .register(registry));
    }
}
