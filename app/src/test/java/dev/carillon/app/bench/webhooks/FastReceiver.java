package dev.carillon.app.bench.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * A receiver that does as little as possible: it reads complete requests and answers 204. It uses a virtual thread per connection, and
 * understands only the HTTP that our client sends.
 */
final class FastReceiver implements AutoCloseable {
    private static final byte[] ANSWER = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "Content-Length: ";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern NUMBER = Pattern.compile("\"id\":\"bench(\\d+)\"");
    private static final int BUFFER = 8 * 1024;
    private static final int BACKLOG = 1024;

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile LongConsumer each = number -> {};
    private volatile boolean readsNumbers;

    private FastReceiver(ServerSocket listening) {
        this.listening = listening;
        Thread.ofVirtual().name("receiver").start(this::accept);
    }

    static FastReceiver start() throws IOException {
        return new FastReceiver(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/hook".formatted(listening.getLocalPort()));
    }

    /** Reports the number of each event that {@code Writing} wrote, as soon as its request has been read. */
    void tell(LongConsumer listener) {
        each = listener;
        readsNumbers = true;
    }

    /** Only counts requests from now on. */
    void tellNobody() {
        readsNumbers = false;
    }

    /** Requests so far. */
    long count() {
        return count.get();
    }

    /** The most connections that were open at one time since the last call. */
    int mostOpen() {
        return mostOpen.getAndSet(open.size());
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                open.add(socket);
                mostOpen.accumulateAndGet(open.size(), Math::max);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var input = socket.getInputStream();
            var output = socket.getOutputStream();
            var buffer = new byte[BUFFER];
            int held = 0;
            for (int read = 0; read >= 0; read = input.read(buffer, held, buffer.length - held)) {
                held += read;
                int end = endOfRequest(buffer, held);
                if (end > 0) {
                    received(buffer, end);
                    output.write(ANSWER);
                    // Our client sends its next request after the answer.
                    held = 0;
                } else if (held == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * held);
                }
            }
        } catch (IOException e) {
            // The client has closed the connection, or this receiver is closing; a missing request shows in the count.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private void received(byte[] buffer, int end) {
        count.incrementAndGet();
        if (readsNumbers) {
            var number = NUMBER.matcher(new String(buffer, 0, end, StandardCharsets.ISO_8859_1));
            if (number.find()) {
                each.accept(Long.parseLong(number.group(1)));
            }
        }
    }

    /** The end of the request at the start of the buffer; 0 if it is not complete yet. */
    private static int endOfRequest(byte[] buffer, int held) {
        var text = new String(buffer, 0, held, StandardCharsets.ISO_8859_1);
        int head = text.indexOf(END_OF_HEAD);
        int length = text.indexOf(LENGTH);
        if (head < 0) {
            return 0;
        }
        int body = length < 0 || length > head
                ? 0
                : Integer.parseInt(text, length + LENGTH.length(), text.indexOf("\r\n", length), 10);
        int end = head + END_OF_HEAD.length() + body;
        return end <= held ? end : 0;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
