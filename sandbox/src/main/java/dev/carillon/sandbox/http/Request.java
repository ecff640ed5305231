package dev.carillon.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that matched a route: path variables, query and body, decoded and free of characters that cannot be stored.
 */
public final class Request {
    private static final int MAX_BODY_BYTES = 1 << 20;
    /**
     * How much of an oversized body is still read, so that its sender can read the error instead of hitting a broken
     * pipe.
     */
    private static final int MAX_DRAINED_BYTES = 8 << 20;

    private final HttpExchange exchange;
    private final Map<String, String> variables;

    Request(HttpExchange exchange, Map<String, String> variables) {
        this.exchange = exchange;
        this.variables = variables;
    }

    /** The variable of the route's path template, decoded. */
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return StorableText.require(name, value);
    }

    /** The first value of a query parameter, decoded. */
    public Optional<String> query(String name) {
        var query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].equals(name))
                .map(pair -> StorableText.require(name, URLDecoder.decode(pair[1], UTF_8)))
                .findFirst();
    }

    /** The caller's time, if it gives one; a caller with the secret may choose any time. */
    public Optional<Instant> time() {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Carillon-Time"))
                .map(text -> {
                    try {
                        return Instant.parse(text);
                    } catch (DateTimeParseException e) {
                        throw HttpErrorException.badRequest(
                                "invalid_time", "Carillon-Time must be an instant such as 2026-12-01T09:00:00Z.");
                    }
                });
    }

    /** Reads the body, which must be a JSON object. */
    public JsonBody body() {
        try {
            var body = exchange.getRequestBody();
            var bytes = body.readNBytes(MAX_BODY_BYTES + 1);
            if (bytes.length > MAX_BODY_BYTES) {
                body.readNBytes(MAX_DRAINED_BYTES);
                throw HttpErrorException.bodyTooLarge(MAX_BODY_BYTES);
            }
            return JsonBody.parse(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> segments(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getRawPath().split("/", -1))
                // In a path a plus is a plus; only in a query does it mean a space.
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
                .toList();
    }
}
