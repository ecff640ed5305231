package dev.carillon.api.apikey;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Who stands between callers and us.
 *
 * @param trustedProxies addresses and blocks whose {@code X-Forwarded-For} is believed; from anybody else it says nothing
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
