package dev.carillon.core.publication;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How publications are tried, tried again and settled.
 *
 * @param retries what to wait before the next attempt
 * @param callDeadline within which an attempt's calls end, one way or the other; shorter than a lease
 * @param absenceGrace what has to pass after mark and deadline before an exact look-up that finds nothing proves absence
 * @param lookUps what to wait before the first, second, … look-up of an unknown outcome, the first within a minute; when they are
 *     used up, somebody has to say what happened
 * @param checks what to wait after a success before the platform is asked whether the post still stands; the later ones are for a
 *     platform that did not answer; without any it is not asked
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
            throw new IllegalArgumentException("carillon.publishing.look-ups has to begin within " + LATEST_FIRST_LOOK);
        }
    }
}
