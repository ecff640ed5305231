package dev.carillon.core.signal;

import io.micronaut.context.annotation.ConfigurationProperties;

/**
 * The address of Redis.
 *
 * @param url {@code redis://} or {@code rediss://}, with user and password where needed
 */
@ConfigurationProperties("carillon.redis")
public record RedisConfig(String url) {
    @Override
    public String toString() {
        return "RedisConfig[hidden]";
    }
}
