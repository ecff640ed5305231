package dev.carillon.core.webhook.health;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * What follows from an endpoint's failures.
 *
 * @param longestRetryAfter the longest wait that a receiver may ask for with {@code Retry-After}
 * @param busyPauses how long nothing is sent to an endpoint that answers 429, 502, 503 or 504 without a
 *     {@code Retry-After}: no pause after the first such answer in a row, the first value after the second, and so on;
 *     the last value after all further ones
 * @param probeAfter after this many failures in a row, the endpoint is probed with one delivery at a time
 * @param probeEvery the wait before the first probe; it doubles with each failed probe
 * @param probeEveryAtMost the upper bound of that wait
 * @param warnAfter how long an endpoint has to fail for the first warning, the second, and so on
 * @param disableAfter how long an endpoint has to fail until the next failure disables it
 */
@ConfigurationProperties("carillon.webhooks.health")
public record EndpointHealthConfig(
        @Bindable(defaultValue = "24h") Duration longestRetryAfter,

        @Bindable(defaultValue = "1s,2s,5s,10s,20s,30s") List<Duration> busyPauses,

        @Bindable(defaultValue = "10") int probeAfter,
        @Bindable(defaultValue = "5s") Duration probeEvery,
        @Bindable(defaultValue = "5m") Duration probeEveryAtMost,

        @Bindable(defaultValue = "1h,1d,3d") List<Duration> warnAfter,

        @Bindable(defaultValue = "5d") Duration disableAfter) {
    public EndpointHealthConfig {
        busyPauses = List.copyOf(busyPauses);
        warnAfter = List.copyOf(warnAfter);
    }

    /** How long an endpoint is paused after this many busy answers in a row, at least two. */
    Duration busyPause(int times) {
        return busyPauses.isEmpty() ? Duration.ZERO : busyPauses.get(Math.min(times - 2, busyPauses.size() - 1));
    }

    /** The wait before a probe, after this many failed ones. */
    Duration probeWait(int probes) {
        // Beyond that the wait exceeds any bound, and a larger shift would wrap around.
        var wait = probeEvery.multipliedBy(1L << Math.min(probes, 20));
        return wait.compareTo(probeEveryAtMost) < 0 ? wait : probeEveryAtMost;
    }

    /** How many warnings are due after failing for this long. */
    int warningsAfter(Duration failing) {
        return (int) warnAfter.stream()
                .filter(after -> failing.compareTo(after) >= 0)
                .count();
    }
}
