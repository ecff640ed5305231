package dev.carillon.core.net;

import dev.carillon.core.net.address.AllowList;
import dev.carillon.core.net.address.NamedHosts;
import dev.carillon.core.net.address.PublicAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** The classes of this package, wired by hand for tests here and in other modules. */
public record Outbound(OutboundConfig config, PublicAddresses addresses, List<NamedHosts> named) {
    static final InetAddress HOME = InetAddress.ofLiteral("127.0.0.1");
    public static final Resolver LEADS_HOME = host -> List.of(HOME);

    Outbound(OutboundConfig config, PublicAddresses addresses) {
        this(config, addresses, List.of());
    }

    /** The client of an operator who allows these hosts. */
    public static Outbound allowing(Resolver resolver, String... allow) {
        return new Outbound(config(List.of(allow), List.of(), ""), new PublicAddresses(resolver));
    }

    public static OutboundConfig config(List<String> allow, List<Integer> ownPorts, String sandbox) {
        var brief = Duration.ofSeconds(2);
        return new OutboundConfig(allow, ownPorts, sandbox, brief, brief, 1_000_000, 4);
    }

    AllowList allowList() {
        return new AllowList(config, named);
    }

    public OutboundUrls urls() {
        return new OutboundUrls(allowList(), addresses);
    }

    public OutboundHttp http() {
        return new OutboundHttp(urls(), new OutboundClients(addresses, allowList(), config), config);
    }
}
