package dev.carillon.core.net;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;
import java.util.List;

/**
 * How outbound calls are made, and which hosts the operator exempts from the guard.
 *
 * @param allow {@code host} or {@code host:port} that may be called over plain http and at any address
 * @param ownPorts ports on which this installation itself listens; a {@code host} entry of {@code allow} does not open
 *     them
 * @param sandbox {@code host:port} of the sandbox platform, empty for none; open to {@link Purpose#SANDBOX} alone
 * @param connectTimeout for the TCP connection to one address
 * @param resolveTimeout for the look-up of a name
 * @param maxResponseBytes of a decompressed answer; the rest is cut off
 * @param idleConnections kept open per purpose
 */
@ConfigurationProperties("carillon.outbound")
public record OutboundConfig(
        @Bindable(defaultValue = "") List<String> allow,
        @Bindable(defaultValue = "") List<Integer> ownPorts,
        @Bindable(defaultValue = "") String sandbox,
        @Bindable(defaultValue = "5s") Duration connectTimeout,
        @Bindable(defaultValue = "5s") Duration resolveTimeout,
        @Bindable(defaultValue = "1MB") @ReadableBytes int maxResponseBytes,
        @Bindable(defaultValue = "256") int idleConnections) {
    public OutboundConfig {
        allow = allow.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        ownPorts = List.copyOf(ownPorts);
    }
}
