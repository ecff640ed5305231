package dev.carillon.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A complete reply, ready to be written. */
public final class Response {
    private static final ObjectMapper JSON = ObjectMapper.getDefault();

    /** Pages may contain anything a test tenant wrote, so no browser may run, index, store or pass on any of it. */
    private static final Map<String, String> ON_EVERY_REPLY = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "sandbox",
            "X-Robots-Tag", "noindex",
            "Cache-Control", "no-store",
            "Referrer-Policy", "no-referrer");

    /** How much of the reply reaches the caller before the connection ends. */
    private enum Extent {
        WHOLE,
        HALF,
        NOTHING
    }

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Extent extent;

    private Response(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Extent.WHOLE);
    }

    private Response(int status, Map<String, String> headers, byte[] body, Extent extent) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.extent = extent;
    }

    /** A JSON reply; {@code value} is a record annotated with {@code @Serdeable}. */
    public static Response json(int status, Object value) {
        try {
            return new Response(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Response plainText(String text) {
        return new Response(200, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
    }

    public static Response noContent() {
        return new Response(204, Map.of(), new byte[0]);
    }

    /** No answer at all: the connection is closed. */
    public static Response nothing() {
        return new Response(0, Map.of(), new byte[0], Extent.NOTHING);
    }

    /** The same reply, but the connection ends after half of the body. */
    public Response cutInHalf() {
        return new Response(status, headers, body, Extent.HALF);
    }

    public static Response error(int status, String code, String message) {
        return error(status, code, message, null);
    }

    /**
     * An error.
     *
     * @param platformError what the simulated platform would have said; null if unknown
     */
    public static Response error(int status, String code, String message, @Nullable JsonNode platformError) {
        return json(status, new ErrorBody(new ErrorBody.Detail(code, message), platformError));
    }

    /** The same with further headers. */
    public Response with(Map<String, String> more) {
        var all = new HashMap<>(headers);
        all.putAll(more);
        return new Response(status, Map.copyOf(all), body, extent);
    }

    /** The caller closes the exchange; anything not written by then is never written. */
    void writeTo(HttpExchange exchange) throws IOException {
        if (extent == Extent.NOTHING) {
            return;
        }
        ON_EVERY_REPLY.forEach(exchange.getResponseHeaders()::set);
        headers.forEach(exchange.getResponseHeaders()::set);
        if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body, 0, extent == Extent.HALF ? body.length / 2 : body.length);
        }
    }
}
