package dev.carillon.core.metrics;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;

@Factory
class MetricsFactory {
    /** For a process whose launcher brings no registry: meters of an empty one do nothing when they are told something. */
    @Singleton
    @Secondary
    CompositeMeterRegistry nowhere() {
        return new CompositeMeterRegistry();
    }
}
