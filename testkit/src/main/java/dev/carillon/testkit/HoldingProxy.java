package dev.carillon.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy in front of an HTTP server that can hold back one request or its reply, so that a test can kill a process
 * between a call and what follows it. Bytes are matched as they come; a request's first line fits into one read on
 * loopback.
 */
public final class HoldingProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listening;
    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Hold hold = Hold.nothing();

    private record Hold(String marker, boolean reply, CountDownLatch reached) {
        static Hold nothing() {
            return new Hold("", false, new CountDownLatch(1));
        }

        boolean concerns(String bytes) {
            return !marker.isEmpty() && bytes.contains(marker);
        }
    }

    private HoldingProxy(URI target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static HoldingProxy inFrontOf(URI server) {
        try {
            return new HoldingProxy(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String hostAndPort() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    public String url() {
        return "http://" + hostAndPort();
    }

    /** Holds requests that contain {@code marker}: the server never sees them. */
    public void holdRequest(String marker) {
        hold = new Hold(marker, false, new CountDownLatch(1));
    }

    /** Lets requests that contain {@code marker} through, and holds the server's reply. */
    public void holdReply(String marker) {
        hold = new Hold(marker, true, new CountDownLatch(1));
    }

    /** Waits until something is held; returns whether that happened in time. */
    public boolean awaitHeld(long seconds) throws InterruptedException {
        return hold.reached().await(seconds, TimeUnit.SECONDS);
    }

    /** Holds nothing more. Anything already held is never delivered; its connection is cut. */
    public void letPass() {
        hold = Hold.nothing();
        open.forEach(HoldingProxy::cut);
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closing the socket ends this loop.
            open.forEach(HoldingProxy::cut);
        }
    }

    private void serve(Socket client) {
        try (client;
                var server = new Socket(target.getHost(), target.getPort())) {
            open.add(client);
            open.add(server);
            var exchange = new Exchange();
            var answering = Thread.ofVirtual().start(() -> pump(server, client, bytes -> exchange.reply()));
            pump(client, server, exchange::request);
            answering.join();
        } catch (IOException e) {
            cut(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Exchange {
        private volatile boolean replyIsHeld;

        boolean request(String bytes) {
            var now = hold;
            if (!now.concerns(bytes)) {
                return true;
            }
            replyIsHeld = now.reply();
            if (!now.reply()) {
                now.reached().countDown();
            }
            return now.reply();
        }

        boolean reply() {
            if (replyIsHeld) {
                hold.reached().countDown();
            }
            return !replyIsHeld;
        }
    }

    private interface Gate {
        boolean letsPass(String bytes);
    }

    private static void pump(Socket from, Socket to, Gate gate) {
        try {
            copy(from.getInputStream(), to.getOutputStream(), gate);
        } catch (IOException e) {
            cut(from);
        }
        cut(to);
    }

    private static void copy(InputStream in, OutputStream out, Gate gate) throws IOException {
        var buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (gate.letsPass(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(HoldingProxy::cut);
    }
}
