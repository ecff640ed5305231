package dev.carillon.app.bench.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Accepts connections and never answers. */
final class HangingReceiver implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    private HangingReceiver(ServerSocket listening) {
        this.listening = listening;
        Thread.ofVirtual().name("hanging receiver").start(this::accept);
    }

    static HangingReceiver start() throws IOException {
        return new HangingReceiver(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/hook".formatted(listening.getLocalPort()));
    }

    /** Connections accepted so far, which is the number of attempts that have started. */
    long count() {
        return count.get();
    }

    private void accept() {
        try {
            while (true) {
                open.add(listening.accept());
                count.incrementAndGet();
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Closes all open connections, and accepts no more. */
    void letGo() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        letGo();
    }
}
