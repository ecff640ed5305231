package dev.carillon.core.session;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long sessions last, in database time.
 *
 * @param idle after the last request
 * @param absolute after the sign-in, regardless of use
 * @param token how long the cookie's token is valid before the session is checked again and a new token issued
 */
@ConfigurationProperties("carillon.sessions")
public record SessionConfig(
        @Bindable(defaultValue = "7d") Duration idle,
        @Bindable(defaultValue = "30d") Duration absolute,
        @Bindable(defaultValue = "10m") Duration token) {}
