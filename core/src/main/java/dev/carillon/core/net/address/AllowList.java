package dev.carillon.core.net.address;

import dev.carillon.core.net.OutboundConfig;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.net.UrlParts;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hosts that the operator allows in addition to public addresses. */
@Singleton
public final class AllowList {
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> hostsWithPort = new HashSet<>();
    private final Set<Integer> ownPorts;
    private final Optional<String> sandbox;
    private final Map<Purpose, Set<String>> named = new EnumMap<>(Purpose.class);

    /**
     * Throws {@link IllegalArgumentException} for an entry that could never match, so that a typing error shows at
     * startup.
     */
    public AllowList(OutboundConfig config, List<NamedHosts> otherwiseNamed) {
        for (var entry : config.allow()) {
            var place = parse("carillon.outbound.allow", entry);
            var where = place.hasPort() ? hostsWithPort : hosts;
            where.add(place.hasPort() ? place.hostAndPort() : place.host());
        }
        ownPorts = Set.copyOf(config.ownPorts());
        sandbox = Optional.of(config.sandbox())
                .filter(text -> !text.isBlank())
                .map(text -> parse("carillon.outbound.sandbox", text).hostAndPort());
        for (var each : otherwiseNamed) {
            var places = named.computeIfAbsent(each.purpose(), none -> new HashSet<>());
            each.urls().forEach(url -> places.add(place(url)));
        }
    }

    public boolean allows(UrlParts url, Purpose purpose) {
        if (purpose == Purpose.SANDBOX) {
            return sandbox.filter(url.hostAndPort()::equals).isPresent();
        }
        return hostsWithPort.contains(url.hostAndPort())
                || named.getOrDefault(purpose, Set.of()).contains(url.hostAndPort())
                || (hosts.contains(url.host()) && !isOwnPort(url.port()) && AllowedPorts.mayBeCalled(url.port()));
    }

    public boolean isOwnPort(int port) {
        return ownPorts.contains(port);
    }

    private static String place(String url) {
        return UrlParts.parse(url)
                .map(UrlParts::hostAndPort)
                .orElseThrow(() -> new IllegalArgumentException("not a valid URL: " + url));
    }

    private static UrlParts parse(String key, String entry) {
        return UrlParts.parse("http://" + entry)
                .filter(place -> place.rest().isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        key + " takes host or host:port, with an IPv6 address in brackets; got: " + entry));
    }
}
