package dev.carillon.core.net;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The last check between opening the connection and sending the first byte of the request. */
final class LastCheck implements Interceptor {
    private static final int OK = 200;
    private static final int REDIRECTS_AND_WORSE = 300;
    private static final int NOT_MODIFIED = 304;

    @Override
    public Response intercept(Chain chain) throws IOException {
        var trace = Objects.requireNonNull(chain.request().tag(CallTrace.class));
        trace.writing();
        var answer = chain.proceed(chain.request());
        trace.answeredWith(answer.code());
        return isActedUpon(answer) ? answer.newBuilder().code(OK).build() : answer;
    }

    /**
     * OkHttp handles some statuses by itself: it repeats a request on 503 with "Retry-After: 0" and on some 421, and
     * throws on 407. It is shown 200 instead; the reply takes the status from the trace.
     */
    private static boolean isActedUpon(Response answer) {
        return answer.code() >= REDIRECTS_AND_WORSE && answer.code() != NOT_MODIFIED;
    }
}
