package dev.carillon.core.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A local server that counts its connections and behaves as the test defines. */
final class Trap implements AutoCloseable {
    /** What the server does on one connection before it closes it. */
    @FunctionalInterface
    interface Behaviour {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final AtomicInteger visits = new AtomicInteger();

    private Trap(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    /** Listens on every address of this machine. */
    static Trap everywhere() {
        return open(null, 0, socket -> {});
    }

    static Trap on(String address, int port, Behaviour behaviour) {
        return open(InetAddress.ofLiteral(address), port, behaviour);
    }

    static Trap behaving(Behaviour behaviour) {
        return on("127.0.0.1", 0, behaviour);
    }

    /** Reads the head of the request, sends this answer and closes. */
    static Behaviour saying(String answer) {
        return socket -> {
            readHead(socket);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    static void readHead(Socket socket) throws IOException {
        var in = socket.getInputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
    }

    private static Trap open(@Nullable InetAddress address, int port, Behaviour behaviour) {
        try {
            return new Trap(new ServerSocket(port, 50, address), behaviour);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                visits.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.serve(socket);
        } catch (IOException gone) {
            // The client has hung up, as some tests intend.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    int visits() {
        return visits.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
