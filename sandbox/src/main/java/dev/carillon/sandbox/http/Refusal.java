package dev.carillon.sandbox.http;

import java.util.Map;

/**
 * Ends a call with an error reply. Code and message are written for the caller and never repeat what the caller sent.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    private Refusal(int status, String code, String message, Map<String, String> headers) {
        // An expected answer, not an accident, so no stack trace is needed.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    public static Refusal badRequest(String code, String message) {
        return new Refusal(400, code, message, Map.of());
    }

    static Refusal unauthorized() {
        return new Refusal(
                401,
                "unauthorized",
                "Send the sandbox's secret as a bearer token.",
                Map.of("WWW-Authenticate", "Bearer"));
    }

    public static Refusal notFound(String code, String message) {
        return new Refusal(404, code, message, Map.of());
    }

    static Refusal methodNotAllowed(String allowed) {
        return new Refusal(
                405, "method_not_allowed", "This address answers to: %s.".formatted(allowed), Map.of("Allow", allowed));
    }

    static Refusal bodyTooLarge(int maxBytes) {
        return new Refusal(413, "body_too_large", "A body may have at most %d bytes.".formatted(maxBytes), Map.of());
    }

    public static Refusal unprocessable(String code, String message) {
        return new Refusal(422, code, message, Map.of());
    }

    Response toResponse() {
        return Response.error(status, code, String.valueOf(getMessage())).with(headers);
    }
}
