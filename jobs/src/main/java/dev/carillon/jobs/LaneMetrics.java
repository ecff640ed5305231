package dev.carillon.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What dispatchers have in hand. */
@Singleton
class LaneMetrics {
    private final MeterRegistry registry;

    LaneMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Shows a dispatcher from now on.
     *
     * @param lanes the kind of work
     */
    void show(String lanes, Dispatcher dispatcher) {
        Gauge.builder("carillon.dispatch.in.flight", dispatcher, Dispatcher::inFlight)
                .description("Rows that this process has claimed and that are not known to be finished")
                .tag("lanes", lanes)
                .register(registry);
    }
}
