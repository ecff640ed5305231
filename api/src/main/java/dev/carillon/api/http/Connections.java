package dev.carillon.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.Executor;

/** The connections that requests arrived on. */
public final class Connections {
    private Connections() {}

    /** Closes the connection without a reply. */
    public static void close(HttpRequest<?> request) {
        switch (request) {
            case NettyHttpRequest<?> netty ->
                netty.getChannelHandlerContext()
                        .channel()
                        .close()
                        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            case HttpRequestWrapper<?> wrapper -> close(wrapper.getDelegate());
            default -> throw new IllegalStateException("not a request of this server: " + request.getClass());
        }
    }

    /** Runs work on the thread that reads from and writes to the connection, in order; the work must not block. */
    public static Executor thread(HttpRequest<?> request) {
        return switch (request) {
            case NettyHttpRequest<?> netty ->
                netty.getChannelHandlerContext().channel().eventLoop();
            case HttpRequestWrapper<?> wrapper -> thread(wrapper.getDelegate());
            default -> throw new IllegalStateException("not a request of this server: " + request.getClass());
        };
    }

    /** Runs {@code closed} when the caller disconnects, or at once if it already has; it must return at once. */
    public static void whenClosed(HttpRequest<?> request, Runnable closed) {
        switch (request) {
            case NettyHttpRequest<?> netty ->
                netty.getChannelHandlerContext().channel().closeFuture().addListener(future -> closed.run());
            case HttpRequestWrapper<?> wrapper -> whenClosed(wrapper.getDelegate(), closed);
            default -> throw new IllegalStateException("not a request of this server: " + request.getClass());
        }
    }
}
