package dev.carillon.api.http;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Singleton;

/** How much of a request the server reads, with the refusals for larger requests. */
@Singleton
public final class WireLimits {
    private final long body;
    private final int headers;
    private final int line;

    WireLimits(NettyHttpServerConfiguration server) {
        body = server.getMaxRequestSize();
        headers = server.getMaxHeaderSize();
        line = server.getMaxInitialLineLength();
    }

    public ApiException bodyTooLarge() {
        return ErrorCode.BODY_TOO_LARGE.because(
                "The body has more than %d bytes, which is the limit; send a smaller one.".formatted(body));
    }

    public ApiException headersTooLarge() {
        return ErrorCode.HEADERS_TOO_LARGE.because(
                "The request line has more than %d bytes, or the headers together have more than %d; shorten them."
                        .formatted(line, headers));
    }
}
