package dev.carillon.core.metrics;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;

@Factory
class MetricsFactory {
    /** For a process whose launcher provides no registry: the meters of an empty composite registry do nothing. */
    @Singleton
    @Secondary
    CompositeMeterRegistry nowhere() {
        return new CompositeMeterRegistry();
    }
}
