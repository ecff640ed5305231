package dev.carillon.core.metrics;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What is done for metrics besides recording them.
 *
 * @param enabled whether they can be fetched; the launcher sets it if the process has a port for metrics; if false, the
 *     database is not queried for metrics
 * @param countEvery how often a worker counts overdue work
 */
@ConfigurationProperties("carillon.metrics")
public record MetricsConfig(
        @Bindable(defaultValue = "false") boolean enabled,
        @Bindable(defaultValue = "15s") Duration countEvery) {}
