package dev.carillon.app.bench.api;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps connections busy from one thread: each sends its next request when it has the reply to the previous one. One thread handles about
 * ten thousand replies a second. Its share of a core is measured too, so that the client's limit is not mistaken for the server's.
 */
final class HttpLoad implements Contestant {
    private static final long GIVE_UP_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final String name;
    private final InetSocketAddress server;
    private final int connections;
    private final int expected;
    private final Supplier<byte[]> requests;

    /**
     * Prepares the load.
     *
     * @param expected the status that every reply must have
     * @param requests makes the bytes of the next request
     */
    HttpLoad(String name, InetSocketAddress server, int connections, int expected, Supplier<byte[]> requests) {
        this.name = name;
        this.server = server;
        this.connections = connections;
        this.expected = expected;
        this.requests = requests;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Measured run(Duration time) throws IOException {
        var all = new ArrayList<Connection>();
        try (var selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                var connection = Connection.open(server);
                all.add(connection);
                connection.channel().register(selector, SelectionKey.OP_READ, connection);
            }
            return run(all, selector, time);
        } finally {
            for (var connection : all) {
                connection.close();
            }
        }
    }

    private Measured run(Iterable<Connection> all, Selector selector, Duration time) throws IOException {
        var measured = new Measured();
        var threads = ManagementFactory.getThreadMXBean();
        long cpuBefore = threads.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        for (var connection : all) {
            connection.send(requests.get());
        }
        int open = connections;
        while (open > 0) {
            if (selector.select(GIVE_UP_MILLIS) == 0) {
                throw new IllegalStateException("%s: no reply for %d s".formatted(name, GIVE_UP_MILLIS / 1_000));
            }
            for (var key : selector.selectedKeys()) {
                var connection = (Connection) key.attachment();
                if (connection.hasReply()) {
                    measured.record(connection.tookNanos());
                    check(connection);
                    if (System.nanoTime() - began < time.toNanos()) {
                        connection.send(requests.get());
                    } else {
                        open--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        measured.ended(
                Duration.ofNanos(System.nanoTime() - began),
                Duration.ofNanos(threads.getCurrentThreadCpuTime() - cpuBefore));
        return measured;
    }

    private void check(Connection connection) {
        if (connection.status() != expected) {
            throw new IllegalStateException(
                    "%s: a reply's status was not %d: %s".formatted(name, expected, connection.shown()));
        }
    }
}
