package dev.carillon.api.problem;

import dev.carillon.api.http.RequestContext;
import dev.carillon.api.http.RequestTrace;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Json;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns refusals into replies; every error reply is created here. */
@Singleton
public class Problems {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Json json;

    Problems(Json json) {
        this.json = json;
    }

    /** The body of the reply, as the caller sees it. */
    public String render(HttpRequest<?> request, ApiException exception) {
        return render(exception, request.getPath(), RequestContext.of(request).trace());
    }

    /** The refusal as a part of another reply. */
    public Problem view(HttpRequest<?> request, ApiException exception) {
        return Problem.of(
                exception, request.getPath(), RequestContext.of(request).trace());
    }

    public String render(ApiException exception, String path, RequestTrace trace) {
        return json.write(Problem.of(exception, path, trace));
    }

    /** Writes {@code exception} into {@code response}. */
    public MutableHttpResponse<String> fill(
            MutableHttpResponse<?> response, HttpRequest<?> request, ApiException exception) {
        int status = exception.code().status();
        response.status(status).contentType(MEDIA_TYPE);
        if (status == UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, wholeSeconds(exception.retryAfter()));
        }
        if (exception.current() instanceof ApiException.Current(String etag, var revision) && etag != null) {
            response.header(HttpHeaders.ETAG, etag);
        }
        return response.body(render(request, exception));
    }

    /** Rounded up, so that no caller returns too early; one second if the wait is unknown. */
    public static String wholeSeconds(@Nullable Duration wait) {
        var known = wait == null ? RETRY_AFTER : wait;
        return Long.toString(Math.max(1, Math.ceilDiv(known.toMillis(), 1_000L)));
    }
}
