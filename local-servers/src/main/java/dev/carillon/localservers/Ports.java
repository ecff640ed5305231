package dev.carillon.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** The port that a server had last time, so that a restart keeps its address if possible. */
record Ports(Path file) {
    static final String HOST = "127.0.0.1";

    /** The last port if it is known and free, otherwise any free one. */
    int choose() {
        return PrivateFile.read(file, "[1-9]\\d{3,4}")
                .map(Integer::parseInt)
                .filter(Ports::isFree)
                .orElseGet(Ports::anyFree);
    }

    void keep(int port) {
        PrivateFile.write(file, Integer.toString(port));
    }

    static boolean isFree(int port) {
        if (port > 65_535) {
            return false;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
