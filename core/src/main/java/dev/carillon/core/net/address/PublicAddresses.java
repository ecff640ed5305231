package dev.carillon.core.net.address;

import dev.carillon.core.net.Resolver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Decides which addresses may be called. A name is resolved once, and the caller connects to the addresses returned
 * here, because a second look-up could return different ones.
 */
@Singleton
public final class PublicAddresses {
    private final Resolver resolver;
    private final AddressRanges ranges;

    @Inject
    public PublicAddresses(Resolver resolver) {
        this(resolver, AddressRanges.IANA);
    }

    public PublicAddresses(Resolver resolver, AddressRanges ranges) {
        this.resolver = resolver;
        this.ranges = ranges;
    }

    /**
     * The addresses of a name, all of them public. A single address that is not public invalidates the whole answer: a
     * legitimate name never mixes the two, and dropping the bad ones would let an attacker choose which one is left.
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

    /** Like {@code resolve}, for a host that the operator trusts: any address is allowed. */
    public List<InetAddress> resolveAny(String host) throws UnknownHostException {
        var answer = List.copyOf(resolver.resolve(host));
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answer;
    }
}
