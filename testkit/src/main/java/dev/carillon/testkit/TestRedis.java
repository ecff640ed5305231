package dev.carillon.testkit;

import dev.carillon.localservers.LocalRedis;
import dev.carillon.localservers.RedisAddress;
import dev.carillon.localservers.RedisCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Redis for tests. All tests of a JVM share one server; a test that stops Redis or relies on an untouched one starts
 * its own instance with {@link #own()}.
 */
public final class TestRedis implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LocalRedis server;

    private TestRedis(LocalRedis server) {
        this.server = server;
    }

    /** The shared server, with its login, as a {@code redis://} URI. */
    public static String uri() {
        return TestServers.shared().redis().uri();
    }

    /** Empties the shared server. */
    public static void flush() {
        try {
            var reply = RedisCommand.of("FLUSHALL").sendTo(TestServers.shared().redis());
            if (!reply.equals("+OK")) {
                throw new IllegalStateException("Could not empty the test Redis server: " + reply);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server that nothing else uses. */
    public static TestRedis own() {
        var server = new LocalRedis(TestFolder.resolve("own-redis-" + COUNT.incrementAndGet()));
        server.start();
        TestFolder.atExit(server::close);
        return new TestRedis(server);
    }

    /** Where the own server listens, even while it is stopped. */
    public RedisAddress address() {
        return server.address();
    }

    /** Stops the own server; its data comes back with {@link #start()}. */
    public void stop() {
        server.stop();
    }

    /** Starts the own server again on its port. */
    public void start() {
        server.start();
    }

    /** Empties the own server. */
    public void wipe() {
        server.flush();
    }

    @Override
    public void close() {
        server.close();
    }
}
