package dev.carillon.api.http;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches the requests of one connection arrive. A request that does not arrive completely in time is refused, so that slow senders cannot
 * occupy connections. A request whose body two readers could end in different places (RFC 9112, 6.3) is refused too, because a part of one
 * reader's body would be the other reader's next request. All of this runs on the connection's own thread.
 */
final class RequestReadGuard extends ChannelDuplexHandler {
    private final Duration within;
    private final Function<ApiException, FullHttpResponse> worded;
    private @Nullable ChannelHandlerContext behindCodec;
    private @Nullable Future<?> deadline;
    private boolean answered;
    private boolean ended;

    RequestReadGuard(Duration within, Function<ApiException, FullHttpResponse> worded) {
        this.within = within;
        this.worded = worded;
    }

    /** A handler in front of the codec that sees a request's first byte. */
    ChannelInboundHandlerAdapter firstByte() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (deadline == null && !ended) {
                    answered = false;
                    deadline = context.executor()
                            .schedule(RequestReadGuard.this::refuseAsLate, within.toMillis(), TimeUnit.MILLISECONDS);
                }
                context.fireChannelRead(message);
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        behindCodec = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            stopWatching();
        }
        if (endsInTwoPlaces(message)) {
            ReferenceCountUtil.release(message);
            refuse(
                    context,
                    ErrorCode.INVALID_REQUEST.because(
                            "The end of the body is not clear; send Content-Length, or well-formed chunks with 'Transfer-Encoding: chunked'."));
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean endsInTwoPlaces(Object message) {
        return switch (message) {
            // Other code answers a head that could not be parsed.
            case HttpRequest request -> request.decoderResult().isSuccess() && hasUnknownEncoding(request);
            case HttpContent content -> content.decoderResult().isFailure();
            default -> false;
        };
    }

    private static boolean hasUnknownEncoding(HttpRequest request) {
        var encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return encodings.size() > 1 || !encodings.stream().allMatch(HttpHeaderValues.CHUNKED::contentEqualsIgnoreCase);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answered = true;
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWatching();
        context.fireChannelInactive();
    }

    private void stopWatching() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void refuseAsLate() {
        if (behindCodec != null) {
            refuse(
                    behindCodec,
                    ErrorCode.REQUEST_TIMEOUT.because(
                            "The request did not arrive completely within %d seconds; send it again."
                                    .formatted(within.toSeconds())));
        }
    }

    private void refuse(ChannelHandlerContext context, ApiException exception) {
        ended = true;
        stopWatching();
        if (answered) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else {
            context.writeAndFlush(worded.apply(exception)).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
