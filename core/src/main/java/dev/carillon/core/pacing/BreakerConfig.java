package dev.carillon.core.pacing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When a host is taken to be down, and how it is tried again.
 *
 * @param failures this many failures within {@code within} open the breaker, if they are at least half of all outcomes
 * @param within over how long outcomes are counted
 * @param firstPause how long the host is left alone at first; twice as long after each trial that failed
 * @param longestPause where that ends
 * @param trials attempts that are let through after a pause, by all processes together, before one of them has succeeded
 */
@ConfigurationProperties("carillon.publishing.breaker")
public record BreakerConfig(
        @Bindable(defaultValue = "5") int failures,
        @Bindable(defaultValue = "1m") Duration within,
        @Bindable(defaultValue = "5s") Duration firstPause,
        @Bindable(defaultValue = "2m") Duration longestPause,
        @Bindable(defaultValue = "3") int trials) {}
