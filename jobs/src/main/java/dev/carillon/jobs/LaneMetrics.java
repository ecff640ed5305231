package dev.carillon.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Gauges of the rows that dispatchers have in flight. */
@Singleton
class LaneMetrics {
    private final MeterRegistry registry;

    LaneMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Registers a dispatcher's gauge.
     *
     * @param lanes the kind of work
     */
    void show(String lanes, Dispatcher dispatcher) {
        Gauge.builder("carillon.dispatch.in.flight", dispatcher, Dispatcher::inFlight)
                .description("Rows that this process has claimed and not yet finished, as far as it knows")
                .tag("lanes", lanes)
                .register(registry);
    }
}
