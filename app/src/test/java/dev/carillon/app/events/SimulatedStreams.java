package dev.carillon.app.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API on loopback that answers each connection with the next of its scripted streams, and repeats the last one. */
public final class SimulatedStreams implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Script> scripts;
    private final List<String> lastEventIds = new CopyOnWriteArrayList<>();

    private SimulatedStreams(HttpServer server, List<Script> scripts) {
        this.server = server;
        this.scripts = new ArrayDeque<>(scripts);
    }

    /** What happens on one connection. */
    public sealed interface Script {
        /** Sends these lines and closes the connection. */
        record Ends(String lines) implements Script {}

        /** Sends these lines, and then nothing. */
        record FallsSilent(String lines) implements Script {}

        /** Sends no answer. */
        record NeverAnswers() implements Script {}
    }

    /** Starts on a free port. */
    public static SimulatedStreams start(Script... scripts) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            var simulated = new SimulatedStreams(server, List.of(scripts));
            server.setExecutor(simulated.threads);
            server.createContext("/", simulated::handle);
            server.start();
            return simulated;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The last event id that each connection sent; {@code none} if it sent none. */
    public List<String> lastEventIds() {
        return List.copyOf(lastEventIds);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        lastEventIds.add(last == null ? "none" : last);
        switch (next()) {
            case Script.Ends(var lines) -> send(exchange, lines);
            case Script.FallsSilent(var lines) -> {
                send(exchange, lines);
                awaitClosing();
            }
            case Script.NeverAnswers() -> awaitClosing();
        }
        exchange.close();
    }

    private synchronized Script next() {
        return scripts.size() == 1 ? scripts.element() : scripts.remove();
    }

    private static void send(HttpExchange exchange, String lines) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(lines.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
