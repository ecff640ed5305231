package dev.carillon.core.metrics;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What is done for metrics beside recording them.
 *
 * @param enabled whether somebody can fetch them; the launcher says so where the process has a port for them, and the database is asked
 *     for nothing otherwise
 * @param countEvery how often a worker counts what is overdue
 */
@ConfigurationProperties("carillon.metrics")
public record MetricsConfig(
        @Bindable(defaultValue = "false") boolean enabled,
        @Bindable(defaultValue = "15s") Duration countEvery) {}
