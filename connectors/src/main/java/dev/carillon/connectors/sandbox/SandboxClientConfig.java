package dev.carillon.connectors.sandbox;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Where the sandbox platform is. Its {@code host:port} must also be in {@code carillon.outbound.sandbox}, or the guard
 * refuses the call.
 *
 * @param url without a trailing slash; empty if there is none, in which case test mode publishes nothing
 * @param secret the bearer token that the platform shares with its callers
 */
@ConfigurationProperties("carillon.sandbox")
public record SandboxClientConfig(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "") String secret) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "SandboxClientConfig[url=" + url + "]";
    }
}
