package dev.carillon.webhooks;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.metrics.MetricsConfig;
import dev.carillon.core.webhook.delivery.WaitingDeliveries;
import dev.carillon.core.webhook.delivery.WaitingDeliveries.Waiting;
import dev.carillon.jobs.Ticks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts overdue deliveries and unhealthy endpoints in all workspaces. Every dispatch process counts them, so that none
 * is special; a process without a metrics port does not count.
 */
@Singleton
class WaitingMetrics {
    private final WaitingDeliveries deliveries;
    private final MeterRegistry registry;
    private final MetricsConfig config;

    /** Null while unknown: an hour-old number would hide that the database is unavailable. */
    private volatile @Nullable Map<Mode, Waiting> waiting;

    WaitingMetrics(WaitingDeliveries deliveries, MeterRegistry registry, MetricsConfig config) {
        this.deliveries = deliveries;
        this.registry = registry;
        this.config = config;
    }

    /** Counts at once, and then on these ticks. */
    void startOn(Ticks ticks) {
        if (config.enabled()) {
            for (var mode : Mode.values()) {
                show(mode);
            }
            ticks.every("waiting deliveries", config.countEvery(), this::count);
        }
    }

    private void show(Mode mode) {
        Gauge.builder("carillon.deliveries.overdue", () -> known(mode, Waiting::overdue))
                .description("Deliveries of all workspaces that are due and not yet being attempted;"
                        + " the same in every dispatch process")
                .tags(ByMode.tag(mode))
                .register(registry);
        endpoints(mode, "failing", Waiting::failing);
        endpoints(mode, "probing", Waiting::probing);
        endpoints(mode, "disabled", Waiting::disabled);
    }

    private void endpoints(Mode mode, String state, ToLongFunction<Waiting> count) {
        Gauge.builder("carillon.webhook.endpoints", () -> known(mode, count))
                .description(
                        "Unhealthy webhook endpoints of all workspaces, by state; the same in every dispatch process")
                .tags(ByMode.tag(mode))
                .tag("state", state)
                .register(registry);
    }

    private double known(Mode mode, ToLongFunction<Waiting> count) {
        var counted = waiting;
        return counted == null ? Double.NaN : count.applyAsLong(Objects.requireNonNull(counted.get(mode)));
    }

    private void count() {
        try {
            waiting = deliveries.everywhere();
        } catch (RuntimeException e) {
            waiting = null;
            throw e;
        }
    }
}
