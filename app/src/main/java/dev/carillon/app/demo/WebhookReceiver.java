package dev.carillon.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A webhook receiver as a customer would run one: answers 204 and keeps what it received. */
public final class WebhookReceiver implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LARGEST_BODY = 256 * 1024;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    /**
     * A delivery as it came in.
     *
     * @param nanos time of arrival, on the scale of {@link System#nanoTime()}
     */
    record Received(Map<String, List<String>> headers, String body, long nanos) {}

    private WebhookReceiver(HttpServer http) {
        this.http = http;
    }

    /** Listens on a free port of the loopback address. */
    public static WebhookReceiver start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0), 0);
            var receiver = new WebhookReceiver(http);
            http.createContext("/", receiver::keep);
            http.setExecutor(receiver.threads);
            http.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that the outbound guard must allow. */
    public String hostAndPort() {
        return LOOPBACK + ":" + http.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://" + hostAndPort() + "/");
    }

    BlockingQueue<Received> received() {
        return received;
    }

    private void keep(HttpExchange exchange) throws IOException {
        try (exchange) {
            long nanos = System.nanoTime();
            var body = new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
            received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body, nanos));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
