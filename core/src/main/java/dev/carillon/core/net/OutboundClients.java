package dev.carillon.core.net;

import dev.carillon.core.net.address.AllowList;
import dev.carillon.core.net.address.PublicAddresses;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.Proxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/** The OkHttp clients: for each purpose, one for public addresses and one for hosts that the operator allowed. */
@Singleton
final class OutboundClients implements AutoCloseable {
    private static final Duration KEEP_IDLE = Duration.ofSeconds(30);

    /**
     * Common servers (Node.js, uvicorn) close idle connections after five seconds; this is shorter, so that a
     * connection is not closed just as it is reused.
     */
    private static final Duration KEEP_IDLE_TO_RECEIVERS = Duration.ofSeconds(4);

    private final Map<Purpose, OkHttpClient> guarded = new EnumMap<>(Purpose.class);
    private final Map<Purpose, OkHttpClient> open = new EnumMap<>(Purpose.class);

    OutboundClients(PublicAddresses addresses, AllowList allowed, OutboundConfig config) {
        var common = common(config);
        // Two objects on purpose: OkHttp shares a connection only between clients that have the same Dns.
        Dns publicOnly = addresses::resolve;
        Dns anywhere = addresses::resolveAny;
        for (var purpose : Purpose.values()) {
            var keepIdle = purpose == Purpose.WEBHOOK ? KEEP_IDLE_TO_RECEIVERS : KEEP_IDLE;
            var pool = new ConnectionPool(config.idleConnections(), keepIdle.toSeconds(), TimeUnit.SECONDS);
            var own = common.newBuilder().connectionPool(pool);
            var publicSockets = new GuardedSockets(GuardedSockets.Gate.publicOnly(addresses, allowed));
            guarded.put(
                    purpose, own.dns(publicOnly).socketFactory(publicSockets).build());
            open.put(
                    purpose,
                    own.dns(anywhere)
                            .socketFactory(new GuardedSockets(target -> true))
                            .build());
        }
    }

    OkHttpClient of(Purpose purpose, boolean byOperator) {
        return Objects.requireNonNull((byOperator ? open : guarded).get(purpose));
    }

    /**
     * No proxy, redirects, retries, cookies or cache; apart from the connect timeout, only the call's own deadline
     * limits it.
     */
    private static OkHttpClient common(OutboundConfig config) {
        return new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .connectTimeout(config.connectTimeout())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .addNetworkInterceptor(new LastCheck())
                .eventListenerFactory(
                        call -> Objects.requireNonNull(call.request().tag(CallTrace.class)))
                .build();
    }

    @Override
    @PreDestroy
    public void close() {
        for (var client : guarded.values()) {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }
}
