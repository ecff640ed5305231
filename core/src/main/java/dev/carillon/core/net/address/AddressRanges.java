package dev.carillon.core.net.address;

import java.net.InetAddress;
import java.util.List;

/** The blocks that must never be called, after IANA's registries of special-purpose addresses. */
public record AddressRanges(List<Cidr> notPublic) {
    /**
     * IPv6 is refused except for the global unicast block 2000::/3. The three blocks around it hold ::, ::1, the
     * IPv4-mapped and IPv4-compatible forms, NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard-only, segment routing,
     * unique local, link-local, site-local and multicast addresses. Forms that embed an IPv4 address are refused
     * entirely, because no public server needs one to be reachable.
     */
    private static final String NOT_PUBLIC = """
            0.0.0.0/8           this network
            10.0.0.0/8          private
            100.64.0.0/10       carrier-grade NAT; metadata of Alibaba Cloud
            127.0.0.0/8         loopback
            168.63.129.16/32    metadata of Azure, inside a public block
            169.254.0.0/16      link-local; metadata of most clouds
            172.16.0.0/12       private
            192.0.0.0/24        IETF protocols; metadata of Oracle Cloud
            192.0.2.0/24        documentation
            192.31.196.0/24     AS112
            192.52.193.0/24     automatic multicast tunnelling
            192.88.99.0/24      6to4 relays
            192.168.0.0/16      private
            192.175.48.0/24     AS112
            198.18.0.0/15       benchmarks
            198.51.100.0/24     documentation
            203.0.113.0/24      documentation
            224.0.0.0/4         multicast
            240.0.0.0/4         reserved, and broadcast
            ::/3                everything below global unicast
            4000::/2            everything above it
            8000::/1            and the upper half
            2001::/23           IETF protocols: Teredo, ORCHID, benchmarks, AS112
            2001:db8::/32       documentation
            2002::/16           6to4
            2620:4f:8000::/48   AS112
            3ffe::/16           the former 6bone
            3fff::/20           documentation
            """;

    static final AddressRanges IANA = new AddressRanges(NOT_PUBLIC
            .lines()
            .map(line -> Cidr.parse(line.substring(0, line.indexOf(' '))))
            .toList());

    public AddressRanges {
        notPublic = List.copyOf(notPublic);
    }

    boolean isPublic(InetAddress address) {
        return notPublic.stream().noneMatch(block -> block.contains(address));
    }
}
