package dev.carillon.core.webhook;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * What follows from an endpoint's failures.
 *
 * @param longestRetryAfter what a receiver may ask for at most with {@code Retry-After}
 * @param busyPauses how long nothing is sent to an endpoint that answers 429, 502, 503 or 504 and does not say when it wants more: nothing
 *     for the first such answer in a row, the first of these for the second, and so on; the last one for all further ones
 * @param probeAfter so many failures in a row that from then on one delivery at a time shows whether the endpoint is back
 * @param probeEvery what is waited before the first of these; it doubles with each that fails
 * @param probeEveryAtMost up to this
 * @param warnAfter after how long of failing somebody is warned, and again
 * @param disableAfter after how long of failing the next failure disables the endpoint
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

    /** How long an endpoint is left alone that has been busy so often in a row, at least twice. */
    Duration busyPause(int times) {
        return busyPauses.isEmpty() ? Duration.ZERO : busyPauses.get(Math.min(times - 2, busyPauses.size() - 1));
    }

    /** The wait before a probe that follows so many failed ones. */
    Duration probeWait(int probes) {
        // Beyond that it is longer than any bound, and a shift by more would begin anew.
        var wait = probeEvery.multipliedBy(1L << Math.min(probes, 20));
        return wait.compareTo(probeEveryAtMost) < 0 ? wait : probeEveryAtMost;
    }

    /** How many warnings belong to failing for so long. */
    int warningsAfter(Duration failing) {
        return (int) warnAfter.stream()
                .filter(after -> failing.compareTo(after) >= 0)
                .count();
    }
}
