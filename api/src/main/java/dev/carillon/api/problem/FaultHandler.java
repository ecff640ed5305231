package dev.carillon.api.problem;

import dev.carillon.api.http.RequestContext;
import dev.carillon.core.database.DatabaseOutage;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers internal errors: the caller gets the request id, and the log gets the details. */
@Singleton
final class FaultHandler implements ExceptionHandler<Exception, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);

    private final Problems problems;

    FaultHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public HttpResponse<?> handle(HttpRequest request, Exception fault) {
        return problems.fill(HttpResponse.ok(), request, toApiException(request, fault));
    }

    static ApiException toApiException(HttpRequest<?> request, Throwable fault) {
        if (isCallerGone(fault)) {
            return ErrorCode.INVALID_REQUEST.because("The connection ended before the whole body arrived.");
        }
        if (fault instanceof DecompressionException) {
            return ErrorCode.INVALID_REQUEST.at(
                    HttpHeaders.CONTENT_ENCODING,
                    "The body is not compressed as its Content-Encoding says; compress it that way, or remove the header.");
        }
        var log = DatabaseOutage.isCauseOf(fault) ? LOG.atWarn() : LOG.atError();
        log.addKeyValue("request", RequestContext.of(request).trace().id())
                .setCause(fault)
                .log("request failed");
        return DatabaseOutage.isCauseOf(fault)
                ? ErrorCode.OVERLOADED.because(
                        "The service cannot reach its database or is too busy; repeat the request with the same idempotency key, if it has one.")
                : ErrorCode.INTERNAL_ERROR.because(
                        "Something failed on our side; repeat the request with the same idempotency key, if it has one.");
    }

    /** The caller has disconnected: no one receives the reply, any caller can cause it, and it is no error of ours. */
    private static boolean isCallerGone(Throwable fault) {
        return fault instanceof EOFException || fault instanceof ClosedChannelException;
    }
}
