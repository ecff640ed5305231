package dev.carillon.sandbox.http;

import java.util.Map;

/**
 * Ends a call with an error reply. Code and message are written for the caller and never repeat what the caller sent.
 */
public final class HttpErrorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    private HttpErrorException(int status, String code, String message, Map<String, String> headers) {
        // An expected answer, not an accident, so no stack trace is needed.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    public static HttpErrorException badRequest(String code, String message) {
        return new HttpErrorException(400, code, message, Map.of());
    }

    static HttpErrorException unauthorized() {
        return new HttpErrorException(
                401,
                "unauthorized",
                "Send the sandbox's secret as a bearer token.",
                Map.of("WWW-Authenticate", "Bearer"));
    }

    public static HttpErrorException notFound(String code, String message) {
        return new HttpErrorException(404, code, message, Map.of());
    }

    static HttpErrorException methodNotAllowed(String allowed) {
        return new HttpErrorException(
                405, "method_not_allowed", "This address allows: %s.".formatted(allowed), Map.of("Allow", allowed));
    }

    static HttpErrorException bodyTooLarge(int maxBytes) {
        return new HttpErrorException(
                413, "body_too_large", "A body can have at most %d bytes.".formatted(maxBytes), Map.of());
    }

    public static HttpErrorException unprocessable(String code, String message) {
        return new HttpErrorException(422, code, message, Map.of());
    }

    Response toResponse() {
        return Response.error(status, code, String.valueOf(getMessage())).with(headers);
    }
}
