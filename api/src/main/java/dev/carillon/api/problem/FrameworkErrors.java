package dev.carillon.api.problem;

import dev.carillon.api.http.Methods;
import dev.carillon.api.http.WireLimits;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;

/** Writes the error messages for requests that the HTTP server itself refuses, before or instead of a controller. */
@Singleton
@Primary
final class FrameworkErrors implements ErrorResponseProcessor<String> {
    private final Problems problems;
    private final WireLimits limits;

    FrameworkErrors(Problems problems, WireLimits limits) {
        this.problems = problems;
        this.limits = limits;
    }

    @Override
    public MutableHttpResponse<String> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        var request = context.getRequest();
        // A HEAD is refused for the same reason as its GET.
        var method = request.getMethod() == HttpMethod.HEAD ? "GET" : request.getMethodName();
        var exception =
                switch (response.code()) {
                    case 404 ->
                        ErrorCode.ROUTE_NOT_FOUND.because("There is no route %s %s; /openapi.json lists all routes."
                                .formatted(method, request.getPath()));
                    case 405 -> {
                        var allowed = allowed(response);
                        response.getHeaders().set(HttpHeaders.ALLOW, String.join(", ", allowed));
                        yield ErrorCode.METHOD_NOT_ALLOWED.because(
                                "This path supports %s, not %s.".formatted(String.join(", ", allowed), method));
                    }
                    default -> toApiException(response.code(), context);
                };
        return problems.fill(response, request, exception);
    }

    private static Set<String> allowed(MutableHttpResponse<?> response) {
        return Methods.all(response.getHeaders().getAll(HttpHeaders.ALLOW).stream()
                .flatMap(methods -> Arrays.stream(methods.split(",")))
                .map(String::strip)
                .toList());
    }

    private ApiException toApiException(int status, ErrorContext context) {
        return switch (status) {
            case 406 -> ErrorCode.NOT_ACCEPTABLE.at("Accept", "Replies are JSON; send 'Accept: application/json'.");
            case 413 -> limits.bodyTooLarge();
            case 414, 431 -> limits.headersTooLarge();
            case 415 ->
                ErrorCode.UNSUPPORTED_MEDIA_TYPE.at(
                        "Content-Type", "The body must be JSON; send it with 'Content-Type: application/json'.");
            case 503 -> ErrorCode.OVERLOADED.because("The service is busy; try again in a moment.");
            default ->
                status >= 500
                        ? FaultHandler.toApiException(
                                context.getRequest(),
                                context.getRootCause().orElseGet(() -> new IllegalStateException("status " + status)))
                        : ErrorCode.INVALID_REQUEST.because(
                                "The request cannot be read; check that its path and query are percent-encoded.");
        };
    }
}
