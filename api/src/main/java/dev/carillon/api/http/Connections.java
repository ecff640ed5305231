package dev.carillon.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;

/** The connections that requests came on. */
public final class Connections {
    private Connections() {}

    /** Runs {@code closed} once the caller has hung up, or at once if it has already; it must return at once. */
    public static void whenClosed(HttpRequest<?> request, Runnable closed) {
        switch (request) {
            case NettyHttpRequest<?> netty ->
                netty.getChannelHandlerContext().channel().closeFuture().addListener(future -> closed.run());
            case HttpRequestWrapper<?> wrapper -> whenClosed(wrapper.getDelegate(), closed);
            default -> throw new IllegalStateException("no request of this server: " + request.getClass());
        }
    }
}
