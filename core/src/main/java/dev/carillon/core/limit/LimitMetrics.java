package dev.carillon.core.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Whether limits are decided in Redis or locally, and how often requests are refused. */
@Singleton
class LimitMetrics {
    private final MeterRegistry registry;
    private final Counter shared;
    private final Counter local;

    LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.shared = decisions("shared");
        this.local = decisions("local");
    }

    private Counter decisions(String buckets) {
        return Counter.builder("carillon.limits.decisions")
                .description("Rate-limit decisions, by buckets: shared by all processes, or local to this one")
                .tag("buckets", buckets)
                .register(registry);
    }

    /** Registers a gauge that shows whether the shared buckets are in use. */
    void show(BooleanSupplier isShared) {
        Gauge.builder("carillon.limits.shared", isShared, answer -> answer.getAsBoolean() ? 1 : 0)
                .description("1 while all processes count rate limits together, 0 while this one counts alone")
                .register(registry);
    }

    void decidedByAll() {
        shared.increment();
    }

    void decidedHere() {
        local.increment();
    }

    /** Counts a refused request. */
    void refused(Limit limit) {
        // There are few names: the operations and a few other limits.
        registry.counter("carillon.limits.refused", "limit", limit.name()).increment();
    }
}
