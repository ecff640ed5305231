package dev.carillon.billing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Simulates Stripe's {@code POST /v1/billing/meter_events}: counts each identifier once and refuses a repetition, as Stripe does. */
final class SimulatedStripe implements AutoCloseable {
    /** How a call fails. */
    enum Trouble {
        /** Counts the event, then closes the connection without an answer. */
        COUNT_AND_CUT,
        TOO_MANY,
        NO_SUCH_CUSTOMER,
        WRONG_KEY
    }

    private final HttpServer server;
    private final Map<String, Map<String, String>> counted = new ConcurrentHashMap<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

    SimulatedStripe() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/billing/meter_events", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void next(Trouble... coming) {
        troubles.addAll(List.of(coming));
    }

    /** The form fields of each counted event, by identifier. */
    Map<String, Map<String, String>> counted() {
        return Map.copyOf(counted);
    }

    /** The {@code Authorization} header of each call. */
    List<String> keys() {
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            var fields = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var identifier = fields.getOrDefault("identifier", "none");
            switch (troubles.poll()) {
                case TOO_MANY -> reply(exchange, 429, error("rate_limit", "Too many requests"));
                case WRONG_KEY -> reply(exchange, 401, error("api_key_expired", "Expired"));
                case NO_SUCH_CUSTOMER -> reply(exchange, 400, error("resource_missing", "No such customer"));
                case COUNT_AND_CUT -> counted.putIfAbsent(identifier, fields);
                case null -> {
                    if (counted.putIfAbsent(identifier, fields) == null) {
                        reply(
                                exchange,
                                200,
                                "{\"object\": \"billing.meter_event\", \"identifier\": \"%s\"}".formatted(identifier));
                    } else {
                        reply(
                                exchange,
                                400,
                                "{\"error\": {\"type\": \"invalid_request_error\", \"message\": \"An event already exists with identifier %s.\"}}"
                                        .formatted(identifier));
                    }
                }
            }
        }
    }

    private static String error(String code, String message) {
        return "{\"error\": {\"type\": \"invalid_request_error\", \"code\": \"%s\", \"message\": \"%s\"}}"
                .formatted(code, message);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toUnmodifiableMap(field -> decoded(field[0]), field -> decoded(field[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
