package dev.carillon.api.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Time limit for requests to arrive.
 *
 * @param readTimeout from a request's first byte to its last
 */
@ConfigurationProperties("carillon.requests")
public record RequestReadConfig(
        @Bindable(defaultValue = "60s") Duration readTimeout) {}
