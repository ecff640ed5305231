package dev.carillon.api.http;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what went wrong on our side: the caller gets the request's id, the log gets the story. */
@Singleton
final class FaultHandler implements ExceptionHandler<Exception, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);
    private static final int DEEPEST_CAUSE = 20;

    private final Problems problems;

    FaultHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public HttpResponse<?> handle(HttpRequest request, Exception fault) {
        return problems.fill(HttpResponse.ok(), request, refusal(request, fault));
    }

    static Refusal refusal(HttpRequest<?> request, Throwable fault) {
        var log = isDatabaseAway(fault) ? LOG.atWarn() : LOG.atError();
        log.addKeyValue("request", RequestTrace.of(request).id())
                .setCause(fault)
                .log("request failed");
        return isDatabaseAway(fault)
                ? ErrorCode.OVERLOADED.because("The service cannot reach its database or is too busy; try again.")
                : ErrorCode.INTERNAL_ERROR.because("Something failed on our side; nothing of this request was stored.");
    }

    /** No connection to be had, a lost one (SQL state 08) or a server that is starting or stopping (57P). */
    private static boolean isDatabaseAway(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .anyMatch(cause -> cause instanceof SQLTransientException
                        || (cause instanceof SQLException sql && isConnectionState(sql.getSQLState())));
    }

    private static boolean isConnectionState(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }
}
