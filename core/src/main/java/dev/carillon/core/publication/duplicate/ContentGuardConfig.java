package dev.carillon.core.publication.duplicate;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When two publications on one account are treated as duplicates or as too close together, in business time.
 *
 * @param window time within which the same content is a duplicate, whichever of the two is published first
 * @param sameMinute time within which another publication, whatever its content, causes a warning
 */
@ConfigurationProperties("carillon.content-guard")
public record ContentGuardConfig(
        @Bindable(defaultValue = "24h") Duration window,
        @Bindable(defaultValue = "60s") Duration sameMinute) {}
