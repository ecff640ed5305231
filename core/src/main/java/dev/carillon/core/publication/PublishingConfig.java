package dev.carillon.core.publication;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How publications are tried, tried again and settled.
 *
 * @param retries what to wait before the next attempt
 * @param callDeadline within which an attempt's calls end, one way or the other; shorter than a lease
 * @param absenceGrace what has to pass after mark and deadline before an exact look-up that finds nothing proves absence
 * @param lookUpAfter when an unknown outcome is first asked for, and the pause between later questions
 */
@ConfigurationProperties("carillon.publishing")
public record PublishingConfig(
        RetryConfig retries,
        @Bindable(defaultValue = "30s") Duration callDeadline,
        @Bindable(defaultValue = "60s") Duration absenceGrace,
        @Bindable(defaultValue = "5s") Duration lookUpAfter) {}
