package dev.carillon.core.limit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How limits are enforced. Their sizes are stored in the plans and with the keys.
 *
 * @param redisTimeout how long a request waits for Redis before this process decides alone
 * @param retryRedisEvery how often to check whether Redis is back
 * @param openPerMinute requests from one address to routes that need no key, in each process
 * @param failuresPerMinute requests from one address whose key is not valid, in each process
 */
@ConfigurationProperties("carillon.limits")
public record LimitConfig(
        @Bindable(defaultValue = "100ms") Duration redisTimeout,
        @Bindable(defaultValue = "500ms") Duration retryRedisEvery,
        @Bindable(defaultValue = "600") int openPerMinute,
        @Bindable(defaultValue = "300") int failuresPerMinute) {}
