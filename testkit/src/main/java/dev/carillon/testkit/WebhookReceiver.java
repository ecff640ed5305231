package dev.carillon.testkit;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
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
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A customer's server on loopback. It keeps the requests that it receives and answers them with the scripted replies,
 * each once and in order; then with {@link Reply#ok()}, or as set by {@link #otherwise(Reply)} or
 * {@link #answering(Function)}.
 */
public final class WebhookReceiver implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Function<ReceivedRequest, Reply> otherwise = request -> Reply.ok();

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of 127.0.0.1. */
    public static WebhookReceiver start() {
        return startOn("127.0.0.1");
    }

    /** Starts on a free port of an address of this machine. */
    public static WebhookReceiver startOn(String address) {
        return startOn(address, 0);
    }

    /** Starts on this port of an address of this machine. */
    public static WebhookReceiver startOn(String address, int port) {
        try {
            return start(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), BACKLOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts on a free port, with TLS. */
    public static WebhookReceiver startWithTls(SSLContext tls) {
        try {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return start(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebhookReceiver start(HttpServer server) {
        var receiver = new WebhookReceiver(server);
        server.setExecutor(receiver.threads);
        server.createContext("/", receiver::handle);
        server.start();
        return receiver;
    }

    /** The URL to send to. */
    public URI url() {
        return url("/webhooks");
    }

    /** The URL to send to, with a path that starts with a slash. */
    public URI url(String path) {
        var address = server.getAddress().getAddress();
        var host = address instanceof Inet6Address ? "[::1]" : address.getHostAddress();
        var scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(
                "%s://%s:%d%s".formatted(scheme, host, server.getAddress().getPort(), path));
    }

    /** Adds to the script. */
    public WebhookReceiver replying(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** The reply after the script has ended. */
    public WebhookReceiver otherwise(Reply reply) {
        return answering(request -> reply);
    }

    /** Chooses the reply after the script has ended; called by many threads at once. */
    public WebhookReceiver answering(Function<ReceivedRequest, Reply> answer) {
        otherwise = answer;
        return this;
    }

    /** Everything received so far, in the order of arrival. */
    public List<ReceivedRequest> received() {
        return List.copyOf(received);
    }

    /** Waits for at least {@code count} requests and returns all that have arrived by then. */
    public List<ReceivedRequest> awaitReceived(int count, Duration limit) {
        await("%d requests".formatted(count)).atMost(limit).until(() -> received.size() >= count);
        return received();
    }

    /** Waits for a matching request and returns the first one. */
    public ReceivedRequest awaitReceived(Predicate<ReceivedRequest> wanted, Duration limit) {
        return await("a matching request")
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
            var request = new ReceivedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            received.add(request);
            var next = script.poll();
            var reply = next == null ? otherwise.apply(request) : next;
            if (!closedWithin(reply.delay()) && reply.status() != Reply.CUT) {
                answer(exchange, reply);
            }
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        // The server takes -1 for "no body"; 0 would start one of unknown length.
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Waits, but not beyond the closing of the receiver. */
    private boolean closedWithin(Duration delay) {
        try {
            return closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
