package dev.carillon.api.access;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * The proxies between callers and Carillon.
 *
 * @param trustedProxies addresses and blocks whose {@code X-Forwarded-For} is trusted; from any other sender the header is
 *     ignored
 */
@ConfigurationProperties("carillon")
record ProxyConfig(@Bindable(defaultValue = "") List<String> trustedProxies) {
    ProxyConfig {
        trustedProxies = trustedProxies.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
