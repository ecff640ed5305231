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

/** A whole reply, ready to be written. */
public final class Response {
    private static final ObjectMapper JSON = ObjectMapper.getDefault();

    /** Pages hold whatever a test tenant wrote, so no browser may run, index, keep or pass on any of it. */
    private static final Map<String, String> ON_EVERY_REPLY = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "sandbox",
            "X-Robots-Tag", "noindex",
            "Cache-Control", "no-store",
            "Referrer-Policy", "no-referrer");

    /** How much of it reaches the caller before the connection ends. */
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

    /** No answer at all: the connection ends. */
    public static Response nothing() {
        return new Response(0, Map.of(), new byte[0], Extent.NOTHING);
    }

    /** The same, of which only half of the body arrives before the connection ends. */
    public Response cutInHalf() {
        return new Response(status, headers, body, Extent.HALF);
    }

    public static Response error(int status, String code, String message) {
        return error(status, code, message, null);
    }

    /**
     * An error.
     *
     * @param platformError what the played network would have said; null where that is not known
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

    /** Whoever calls this closes the exchange; what has not been written by then is never written. */
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
