package dev.carillon.testkit;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A customer's server on loopback: it keeps what it receives and answers as it was told, each scripted reply once and in
 * order, then {@link Reply#ok()} or what {@link #otherwise(Reply)} says.
 */
public final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Reply otherwise = Reply.ok();

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port. */
    public static WebhookReceiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            var receiver = new WebhookReceiver(server);
            server.setExecutor(receiver.threads);
            server.createContext("/", receiver::handle);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to send to. */
    public URI url() {
        return url("/webhooks");
    }

    /** Where to send to, below a path that starts with a slash. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Adds to the script. */
    public WebhookReceiver replying(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** What to answer once the script has ended. */
    public WebhookReceiver otherwise(Reply reply) {
        otherwise = reply;
        return this;
    }

    /** Everything received so far, in the order of arrival. */
    public List<ReceivedRequest> received() {
        return List.copyOf(received);
    }

    /** Waits for at least {@code count} requests and returns what there is then. */
    public List<ReceivedRequest> awaitReceived(int count, Duration limit) {
        await("%d requests".formatted(count)).atMost(limit).until(() -> received.size() >= count);
        return received();
    }

    /** Waits for a request that fits and returns the first one. */
    public ReceivedRequest awaitReceived(Predicate<ReceivedRequest> wanted, Duration limit) {
        return await("a request that fits")
                .atMost(limit)
                .until(() -> received.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new ReceivedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            var next = script.poll();
            var reply = next == null ? otherwise : next;
            if (!closedWithin(reply.delay()) && reply.status() != Reply.CUT) {
                answer(exchange, reply);
            }
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        // The server takes -1 for "no body"; 0 would begin one of unknown length.
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Waits without outliving the receiver. */
    private boolean closedWithin(Duration delay) {
        try {
            return closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
