package dev.carillon.api.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Time limit for requests to arrive.
 *
 * @param within from a request's first byte to its last
 */
@ConfigurationProperties("carillon.arrival")
public record RequestReadConfig(
        @Bindable(defaultValue = "60s") Duration within) {}
