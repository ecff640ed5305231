package dev.carillon.core.net;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Stands between the open connection and the first byte of the request. */
final class LastCheck implements Interceptor {
    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        var trace = Objects.requireNonNull(chain.request().tag(CallTrace.class));
        trace.writing();
        var answer = chain.proceed(chain.request());
        trace.answeredWith(answer.headers());
        // OkHttp repeats a request by itself on 503 with zero seconds to wait, and fails on a number that is too large.
        // So it does not get to see the header; the reply takes it from the trace.
        return answer.newBuilder().removeHeader(RETRY_AFTER).build();
    }

    /** The headers for the caller, with the one that was kept from OkHttp. */
    static ReplyHeaders headers(Response response, CallTrace trace) {
        var headers = response.headers().newBuilder();
        trace.answer().values(RETRY_AFTER).forEach(value -> headers.addUnsafeNonAscii(RETRY_AFTER, value));
        return new ReplyHeaders(headers.build().toMultimap());
    }
}
