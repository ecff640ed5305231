package dev.carillon.core.publication;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When two publications on one account are taken for one too many; business time.
 *
 * @param window within which the same content is a duplicate, whichever of the two goes out first
 * @param sameMinute within which another publication, whatever it says, is worth a warning
 */
@ConfigurationProperties("carillon.content-guard")
public record ContentGuardConfig(
        @Bindable(defaultValue = "24h") Duration window,
        @Bindable(defaultValue = "60s") Duration sameMinute) {}
