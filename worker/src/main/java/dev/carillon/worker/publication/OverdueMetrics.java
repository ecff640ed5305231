package dev.carillon.worker.publication;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.metrics.MetricsConfig;
import dev.carillon.core.workspace.WorkspaceHealthService;
import dev.carillon.jobs.Ticks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts overdue publications in all workspaces. Every worker counts them, so that none is special; a worker without a
 * metrics port does not count.
 */
@Singleton
class OverdueMetrics {
    private final WorkspaceHealthService health;
    private final MeterRegistry registry;
    private final MetricsConfig config;

    /** Null while unknown: an hour-old number would hide that the database is unavailable. */
    private volatile @Nullable Map<Mode, Long> overdue;

    OverdueMetrics(WorkspaceHealthService health, MeterRegistry registry, MetricsConfig config) {
        this.health = health;
        this.registry = registry;
        this.config = config;
    }

    /** Counts at once, and then on these ticks. */
    void startOn(Ticks ticks) {
        if (config.enabled()) {
            for (var mode : Mode.values()) {
                Gauge.builder("carillon.publications.overdue", () -> overdueIn(mode))
                        .description(
                                "Publications of all workspaces that are due and still scheduled, by their test clock where they"
                                        + " have one; the same in every worker")
                        .tags(ByMode.tag(mode))
                        .register(registry);
            }
            ticks.every("overdue publications", config.countEvery(), this::count);
        }
    }

    private double overdueIn(Mode mode) {
        var known = overdue;
        return known == null ? Double.NaN : Objects.requireNonNull(known.get(mode));
    }

    private void count() {
        try {
            overdue = health.overdueEverywhere();
        } catch (RuntimeException e) {
            overdue = null;
            throw e;
        }
    }
}
