package dev.carillon.core.net;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses may be called. A name is resolved once, and whoever asked connects to what came back here: a second
 * look-up could be answered differently.
 */
@Singleton
public final class PublicAddresses {
    private final Resolver resolver;
    private final AddressRanges ranges;

    @Inject
    public PublicAddresses(Resolver resolver) {
        this(resolver, AddressRanges.IANA);
    }

    PublicAddresses(Resolver resolver, AddressRanges ranges) {
        this.resolver = resolver;
        this.ranges = ranges;
    }

    /**
     * The addresses of a name, all of them public. One address that is not public spoils the whole answer: an honest name
     * never mixes the two, while dropping the bad ones would let an attacker steer which one is left.
     *
     * @throws UnknownHostException when the name has no address or an address that may not be called
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        var answer = resolveAny(host);
        if (!answer.stream().allMatch(this::isPublic)) {
            throw new ForbiddenAddressException(host);
        }
        return answer;
    }

    public boolean isPublic(InetAddress address) {
        return ranges.isPublic(address);
    }

    /** The same for a host that the operator trusts, wherever it leads. */
    List<InetAddress> resolveAny(String host) throws UnknownHostException {
        var answer = List.copyOf(resolver.resolve(host));
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answer;
    }
}
