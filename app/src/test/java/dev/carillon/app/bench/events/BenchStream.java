package dev.carillon.app.bench.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** An open event stream, on a plain socket and a virtual thread. */
final class BenchStream implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("\"id\":\"bench(\\d+)\"");

    private final Socket socket;

    private BenchStream(Socket socket) {
        this.socket = socket;
    }

    /**
     * Opens a stream; returns when the server has started to answer.
     *
     * @param each gets the number of each event
     */
    static BenchStream open(URI api, String key, LongConsumer each) throws IOException, InterruptedException {
        var socket = new Socket(api.getHost(), api.getPort());
        socket.getOutputStream()
                .write("GET /v1/events/stream HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(key)
                        .getBytes(StandardCharsets.US_ASCII));
        var connected = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> read(socket, connected, each));
        connected.await();
        return new BenchStream(socket);
    }

    private static void read(Socket socket, CountDownLatch connected, LongConsumer each) {
        try (var lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 2_048)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(": connected")) {
                    connected.countDown();
                }
                var number = NUMBER.matcher(line);
                if (line.startsWith("data: ") && number.find()) {
                    each.accept(Long.parseLong(number.group(1)));
                }
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } finally {
            connected.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
