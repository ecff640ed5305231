package dev.carillon.jobs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of a dispatcher.
 *
 * @param tick how often it looks for due rows if nothing wakes it
 * @param lease how long a claim is valid; longer than any call that does not renew it may take
 * @param bounds how many rows it claims
 * @param chunk the most rows in one job; fewer while little is due
 * @param sweep how often expired leases are freed and lanes repaired
 * @param drain how long a stop waits for rows in flight
 */
@ConfigurationProperties("carillon.dispatch")
public record DispatchConfig(
        @Bindable(defaultValue = "50ms") Duration tick,
        @Bindable(defaultValue = "90s") Duration lease,
        DispatchBounds bounds,
        @Bindable(defaultValue = "20") int chunk,
        @Bindable(defaultValue = "1s") Duration sweep,
        @Bindable(defaultValue = "10s") Duration drain) {}
