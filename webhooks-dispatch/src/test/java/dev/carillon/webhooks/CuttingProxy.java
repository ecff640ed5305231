package dev.carillon.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** A TCP proxy in front of a receiver. It cuts some connections before the receiver sees the data on them. */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final BooleanSupplier cuts;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private CuttingProxy(ServerSocket listening, int target, BooleanSupplier cuts) {
        this.listening = listening;
        this.target = target;
        this.cuts = cuts;
        Thread.ofVirtual().name("cutting proxy").start(this::accept);
    }

    /**
     * Starts a proxy.
     *
     * @param target the port of the receiver on the loopback address
     * @param cuts called for each piece of data that a caller sends; true cuts the connection
     */
    static CuttingProxy inFrontOf(int target, BooleanSupplier cuts) {
        try {
            return new CuttingProxy(new ServerSocket(0, 256, loopback()), target, cuts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var caller = listening.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                var receiver = new Socket(loopback(), target)) {
            open.add(caller);
            open.add(receiver);
            var answering = Thread.ofVirtual().start(() -> passOn(receiver, caller, () -> false));
            passOn(caller, receiver, cuts);
            answering.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies data until one side closes its connection, then closes the other one. */
    private void passOn(Socket from, Socket to, BooleanSupplier isCut) {
        try (to) {
            copy(from.getInputStream(), to.getOutputStream(), isCut);
        } catch (IOException e) {
            return; // the other direction was cut
        }
    }

    private void copy(InputStream in, OutputStream out, BooleanSupplier isCut) throws IOException {
        var buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0 && !isCut.getAsBoolean(); read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
