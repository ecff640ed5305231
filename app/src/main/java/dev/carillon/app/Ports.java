package dev.carillon.app;

import dev.carillon.app.settings.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.stream.IntStream;

/** Ports of this machine, looked at before something bigger is started on them. */
final class Ports {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TRIES = 1_000;

    private Ports() {}

    /** Whether a server could listen there on the loopback address. */
    static boolean isFree(int port) {
        try {
            bound(LOOPBACK, port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int firstFreeFrom(int first) {
        return IntStream.range(first, first + TRIES)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new StartRefused("No port from %d on is free.".formatted(first)));
    }

    /**
     * The port itself, or a free one for 0.
     *
     * @throws StartRefused when nothing can listen there
     */
    static int usable(String host, int port) {
        try {
            return bound(host, port);
        } catch (BindException e) {
            throw new StartRefused(
                    "Port %d on %s is in use (or not allowed). Choose another with --port, or stop what uses it."
                            .formatted(port, host),
                    e);
        } catch (UnknownHostException e) {
            throw new StartRefused("CARILLON_HOST is not an address of this machine: " + host, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bound(String host, int port) throws IOException {
        try (var socket = new ServerSocket()) {
            // As servers do: a connection of an earlier run that is still winding down does not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalPort();
        }
    }
}
