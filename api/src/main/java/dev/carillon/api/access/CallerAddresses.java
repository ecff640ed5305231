package dev.carillon.api.access;

import dev.carillon.core.net.address.AddressBlocks;
import dev.carillon.core.session.Origin;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address that a request comes from. Behind proxies that the operator trusts, it is the last address in {@code X-Forwarded-For}
 * that is not a trusted proxy. The addresses before that one are set by the caller and prove nothing.
 */
@Singleton
public final class CallerAddresses {
    private final AddressBlocks trusted;

    /**
     * Reads the trusted proxies.
     *
     * @throws IllegalArgumentException if an entry is neither an address nor a block, which stops the process at start
     */
    CallerAddresses(ProxyConfig config) {
        this.trusted = AddressBlocks.parse(config.trustedProxies());
    }

    public InetAddress of(HttpRequest<?> request) {
        return of(request.getRemoteAddress().getAddress(), request.getHeaders().getAll("X-Forwarded-For"));
    }

    /** The same, with the user agent of the browser. */
    public Origin originOf(HttpRequest<?> request) {
        return new Origin(request.getHeaders().get(HttpHeaders.USER_AGENT), of(request));
    }

    InetAddress of(InetAddress connected, List<String> forwarded) {
        var caller = connected;
        var hops = forwarded.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList();
        for (var hop : hops.reversed()) {
            if (!trusted.contains(caller)) {
                return caller;
            }
            var next = address(hop);
            if (next.isEmpty()) {
                // An unreadable entry is not trusted: the proxy itself counts as the caller.
                return caller;
            }
            caller = next.get();
        }
        return caller;
    }

    /** Reads an address with or without a port; an IPv6 address with a port is in brackets. */
    private static Optional<InetAddress> address(String hop) {
        var bare = hop.startsWith("[") && hop.contains("]")
                ? hop.substring(1, hop.indexOf(']'))
                : hop.matches("[0-9.]+:\\d+") ? hop.substring(0, hop.indexOf(':')) : hop;
        if (!bare.matches("[0-9a-fA-F:.]{2,45}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
