package dev.carillon.app;

import dev.carillon.app.doctor.ListeningProcess;
import dev.carillon.app.settings.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.stream.IntStream;

/** Checks ports of this machine before something bigger is started on them. */
final class Ports {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TRIES = 1_000;

    private Ports() {}

    /** Whether a server could listen on this port of the loopback address. */
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
                .orElseThrow(() -> new StartRefused(
                        "No port from %d on is free. Set CARILLON_SANDBOX_PORT to a free port.".formatted(first)));
    }

    /**
     * Returns the port, or a free one for 0.
     *
     * @throws StartRefused if nothing can listen there
     */
    static int usable(String host, int port) {
        try {
            return bound(host, port);
        } catch (BindException e) {
            throw new StartRefused(refusal(host, port, Objects.toString(e.getMessage())), e);
        } catch (IllegalArgumentException e) {
            throw new StartRefused("%d is not a port. Choose one from 0 to 65535 with --port.".formatted(port), e);
        } catch (UnknownHostException e) {
            throw new StartRefused(
                    "CARILLON_HOST is not an address of this machine: %s. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all networks."
                            .formatted(host),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operating system gives the reason only as text. */
    private static String refusal(String host, int port, String reason) {
        if (reason.contains("assign")) {
            return "CARILLON_HOST is not an address of this machine: %s. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all networks."
                    .formatted(host);
        }
        if (reason.contains("denied")) {
            return "This user may not listen on port %d of %s. Choose a port from 1024 up (--port sets the API's)."
                    .formatted(port, host);
        }
        return ListeningProcess.on(port)
                .map(process ->
                        "Port %d on %s is in use by %s. Choose another (--port sets the API's), or stop it: kill %d"
                                .formatted(port, host, process, process.pid()))
                .orElseGet(() ->
                        "Port %d on %s is in use. Choose another (--port sets the API's), or stop the program that uses it."
                                .formatted(port, host));
    }

    private static int bound(String host, int port) throws IOException {
        try (var socket = new ServerSocket()) {
            // As servers do: a connection of an earlier run that is still closing does not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalPort();
        }
    }
}
