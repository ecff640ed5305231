package dev.carillon.core.net;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves names through the operating system, and waits no longer than {@code carillon.outbound.resolve-timeout}. */
@Singleton
public final class SystemResolver implements Resolver, AutoCloseable {
    private static final int LOOKUPS_AT_ONCE = 32;
    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

    private final Duration timeout;
    private final Resolver system;

    // A look-up blocks in native code and would pin the carrier of a virtual thread: one tenant's slow name server
    // could then stop the whole process. Look-ups therefore run on platform threads of their own.
    private final ThreadPoolExecutor lookups;

    @Inject
    public SystemResolver(OutboundConfig config) {
        this(config, host -> List.of(InetAddress.getAllByName(host)));
    }

    public SystemResolver(OutboundConfig config, Resolver system) {
        this.timeout = config.resolveTimeout();
        this.system = system;
        lookups = new ThreadPoolExecutor(
                LOOKUPS_AT_ONCE,
                LOOKUPS_AT_ONCE,
                IDLE_THREAD.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("resolve-", 0).factory());
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        var lookup = lookups.submit(() -> system.resolve(host));
        try {
            return lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            lookup.cancel(true);
            throw unknown(host, slow);
        } catch (ExecutionException failed) {
            throw unknown(host, failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException interrupted) {
            lookup.cancel(true);
            Thread.currentThread().interrupt();
            throw unknown(host, interrupted);
        }
    }

    private static UnknownHostException unknown(String host, Throwable cause) {
        var unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    @PreDestroy
    public void close() {
        lookups.shutdownNow();
    }
}
