package dev.carillon.core.publication;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How publications are attempted, retried and reconciled.
 *
 * @param retries the waits before the next attempt
 * @param callDeadline time within which an attempt's calls end, whatever the outcome; shorter than a lease
 * @param absenceGrace time that has to pass after an attempt's deadline before an exact look-up that finds nothing
 *     proves absence
 * @param lookUps waits before the first, second, … look-up of an unknown outcome, the first at most a minute; after the
 *     last look-up, the outcome waits until a caller resolves it
 * @param checks waits after a publication is published before the platform is asked whether the post still exists; the
 *     later waits apply if the platform did not answer; if the list is empty, it is not asked
 */
@ConfigurationProperties("carillon.publishing")
public record PublishingConfig(
        RetryConfig retries,
        @Bindable(defaultValue = "30s") Duration callDeadline,
        @Bindable(defaultValue = "60s") Duration absenceGrace,

        @Bindable(defaultValue = "5s,10s,30s,1m,5m,15m,1h,6h,24h")
        List<Duration> lookUps,

        @Bindable(defaultValue = "5m,15m,1h") List<Duration> checks) {
    private static final Duration LATEST_FIRST_LOOK = Duration.ofMinutes(1);

    public PublishingConfig {
        lookUps = List.copyOf(lookUps);
        checks = List.copyOf(checks);
        if (lookUps.isEmpty() || lookUps.getFirst().compareTo(LATEST_FIRST_LOOK) > 0) {
            throw new IllegalArgumentException(
                    "the first value of carillon.publishing.look-ups must be at most " + LATEST_FIRST_LOOK);
        }
    }
}
