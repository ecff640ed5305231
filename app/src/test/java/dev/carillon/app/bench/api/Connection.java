package dev.carillon.app.bench.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A connection that sends a request, reads the complete reply, and only then sends the next request. Used by one thread. */
final class Connection implements AutoCloseable {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
    private static final int STATUS_FROM = "HTTP/1.1 ".length();
    private static final int SHOWN = 600;

    private final SocketChannel channel;
    private ByteBuffer reply = ByteBuffer.allocate(64 * 1024);
    private int scanned;
    private int end = -1;
    private long sentNanos;

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    static Connection open(InetSocketAddress server) throws IOException {
        var channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new Connection(channel);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sends a request, which must fit into the socket's send buffer. */
    void send(byte[] request) throws IOException {
        reply.clear();
        scanned = 0;
        end = -1;
        sentNanos = System.nanoTime();
        if (channel.write(ByteBuffer.wrap(request)) != request.length) {
            throw new IOException("a request of %d bytes did not fit into the send buffer".formatted(request.length));
        }
    }

    /** Reads what has arrived; returns whether the reply is complete. */
    boolean hasReply() throws IOException {
        if (!reply.hasRemaining()) {
            reply = ByteBuffer.allocate(reply.capacity() * 2).put(reply.flip());
        }
        if (channel.read(reply) < 0) {
            throw new IOException("the server closed a connection");
        }
        if (end < 0) {
            findEnd();
        }
        return end >= 0 && reply.position() >= end;
    }

    private void findEnd() {
        for (int i = scanned; i + END_OF_HEAD.length <= reply.position(); i++) {
            if (reply.get(i) == '\r'
                    && reply.get(i + 1) == '\n'
                    && reply.get(i + 2) == '\r'
                    && reply.get(i + 3) == '\n') {
                end = i + END_OF_HEAD.length + lengthOfBody(i + END_OF_HEAD.length);
                return;
            }
        }
        scanned = Math.max(0, reply.position() - END_OF_HEAD.length);
    }

    private int lengthOfBody(int endOfHead) {
        var length = LENGTH.matcher(text(endOfHead).toLowerCase(Locale.ROOT));
        if (!length.find()) {
            throw new IllegalStateException("a reply has no Content-Length: " + shown());
        }
        return Integer.parseInt(length.group(1));
    }

    /** The status of the reply. */
    int status() {
        return Integer.parseInt(new String(reply.array(), STATUS_FROM, 3, StandardCharsets.US_ASCII));
    }

    /** The time since the request was sent; call it when the reply is complete. */
    long tookNanos() {
        return System.nanoTime() - sentNanos;
    }

    /** The beginning of the reply, for error messages. */
    String shown() {
        return text(Math.min(SHOWN, reply.position()));
    }

    private String text(int until) {
        return new String(reply.array(), 0, until, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
