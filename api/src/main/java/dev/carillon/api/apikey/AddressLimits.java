package dev.carillon.api.apikey;

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
 * How much one address may send without a key that lets it in. Each process counts for itself: what this holds off is a flood, which a share of
 * it holds off as well, and no stranger's request is worth a question to Redis.
 */
@Singleton
final class AddressLimits {
    /** Of an IPv6 address so many bytes count: who has one usually has all that begin like it. */
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
     * Counts a request that comes from no caller of a workspace, because its route needs none.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code rate_limited}
     */
    void countNobody(HttpRequest<?> request) {
        Verdicts.settle(request, limiter.takeHere(nameOf(addresses.of(request)), open));
    }

    /**
     * Counts a request that nobody was let in by.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code rate_limited}
     */
    void countFailure(HttpRequest<?> request, InetAddress from) {
        Verdicts.settle(request, limiter.takeHere(nameOf(from), failures));
    }

    /** Whether so many requests from there have failed that no further key is looked up for it. */
    boolean hasFailedTooOften(InetAddress from) {
        return !limiter.hasRoomHere(nameOf(from), failures);
    }

    static String nameOf(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
