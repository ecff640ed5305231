package dev.carillon.core.pacing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When a host is considered down, and how it is tested again.
 *
 * @param failures this many failures within {@code within} open the breaker, if they are at least half of all outcomes
 * @param within the time over which outcomes are counted
 * @param firstPause how long the host is paused at first; doubled after each failed trial
 * @param longestPause the limit of this doubling
 * @param trials attempts that all processes together let through after a pause before one of them has succeeded
 */
@ConfigurationProperties("carillon.publishing.breaker")
public record BreakerConfig(
        @Bindable(defaultValue = "5") int failures,
        @Bindable(defaultValue = "1m") Duration within,
        @Bindable(defaultValue = "5s") Duration firstPause,
        @Bindable(defaultValue = "2m") Duration longestPause,
        @Bindable(defaultValue = "3") int trials) {}
