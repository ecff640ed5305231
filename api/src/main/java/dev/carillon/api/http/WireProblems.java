package dev.carillon.api.http;

import dev.carillon.api.problem.Problems;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the error messages for what the server's lowest layer refuses, before a filter could see a request: headers that are too long,
 * bytes that are not HTTP, requests that do not arrive in time. Such replies leave without a body and without our request id, which is how
 * this class recognizes them.
 */
@Singleton
final class WireProblems implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final Logger LOG = LoggerFactory.getLogger("carillon.access");
    private static final int FIRST_ERROR = 400;

    private final Problems problems;
    private final RequestReadConfig reading;
    private final WireLimits limits;

    WireProblems(Problems problems, RequestReadConfig reading, WireLimits limits) {
        this.problems = problems;
        this.reading = reading;
        this.limits = limits;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new OfServer());
        return event.getBean();
    }

    private final class OfServer implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new OfConnection(channel) : this;
        }
    }

    private final class OfConnection implements NettyServerCustomizer {
        private final Channel channel;

        private OfConnection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onStreamPipelineBuilt() {
            var codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            if (channel.pipeline().get(codec) != null) {
                var guard = new RequestReadGuard(reading.readTimeout(), WireProblems.this::problem);
                channel.pipeline()
                        .addBefore(codec, "first byte", guard.firstByte())
                        .addAfter(codec, "read guard", guard)
                        .addAfter(codec, "problems", new Rewriting());
            }
        }
    }

    private final class Rewriting extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (message instanceof FullHttpResponse response
                    && response.status().code() >= FIRST_ERROR
                    && !response.headers().contains(RequestLog.REQUEST_ID)) {
                var worded = problem(toApiException(response.status()));
                ReferenceCountUtil.release(message);
                super.write(context, worded, promise);
            } else {
                super.write(context, message, promise);
            }
        }
    }

    private FullHttpResponse problem(ApiException exception) {
        var trace = RequestTrace.begin(null);
        var code = HttpResponseStatus.valueOf(exception.code().status());
        var body = problems.render(exception, "", trace).getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, code, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problems.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, "close")
                .set(RequestLog.REQUEST_ID, trace.id().toString());
        if (code.code() == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, Problems.wholeSeconds(exception.retryAfter()));
        }
        LOG.atInfo()
                .addKeyValue("status", code.code())
                .addKeyValue("request", trace.id())
                .log("malformed request refused");
        return response;
    }

    private ApiException toApiException(HttpResponseStatus status) {
        return switch (status.code()) {
            // The server answers 413 to a head that is too long; a body that is too long gets further, and is refused
            // with our request id.
            case 413, 414, 431 -> limits.headersTooLarge();
            case 503 -> ErrorCode.OVERLOADED.because("The service is busy; try again in a moment.");
            default ->
                ErrorCode.INVALID_REQUEST.because(
                        "This is not a valid HTTP/1.1 request; check the request line, and that each header has a name, a colon and a value.");
        };
    }
}
