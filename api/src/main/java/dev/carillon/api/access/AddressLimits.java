package dev.carillon.api.access;

import dev.carillon.core.limit.Limit;
import dev.carillon.core.limit.LimitConfig;
import dev.carillon.core.limit.Limiter;
import dev.carillon.core.limit.Rate;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Limits how much one address may send without a valid key. Each process counts for itself: the limits protect against floods, for which a
 * count per process is enough, and unauthenticated requests should not cost a round trip to Redis.
 */
@Singleton
final class AddressLimits {
    /**
     * How many bytes of an IPv6 address are counted together: the holder of one address usually holds its whole /64 prefix.
     */
    private static final int NETWORK_BYTES = 8;

    private final Limiter limiter;
    private final CallerAddresses addresses;
    private final Limit open;
    private final Limit failures;

    AddressLimits(Limiter limiter, CallerAddresses addresses, LimitConfig config) {
        this.limiter = limiter;
        this.addresses = addresses;
        this.open = new Limit("address", Rate.perMinute(config.openPerMinute()));
        this.failures = new Limit("failures", Rate.perMinute(config.failuresPerMinute()));
    }

    /**
     * Counts a request without a caller in a workspace, because its route needs none.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code rate_limited}
     */
    void countNobody(HttpRequest<?> request) {
        RateLimitDecisions.settle(request, limiter.takeHere(nameOf(addresses.of(request)), open));
    }

    /**
     * Counts a request that failed authentication.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code rate_limited}
     */
    void countFailure(HttpRequest<?> request, InetAddress from) {
        RateLimitDecisions.settle(request, limiter.takeHere(nameOf(from), failures));
    }

    /** Whether so many requests from this address have failed that Carillon looks up no further keys for it. */
    boolean hasFailedTooOften(InetAddress from) {
        return !limiter.hasRoomHere(nameOf(from), failures);
    }

    static String nameOf(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
