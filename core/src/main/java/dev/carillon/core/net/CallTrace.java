package dev.carillon.core.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The progress of one call: whether its request was written, and when each step was reached. */
final class CallTrace extends EventListener {
    private final Deadline deadline;
    private final long start = System.nanoTime();
    private volatile boolean written;
    private volatile @Nullable Connection connection;
    private volatile int status;

    // Nanoseconds after the start; 0 for not reached. OkHttp may try several addresses at once on its own threads.
    private volatile long dnsStart;
    private volatile long dnsEnd;
    private volatile long connectStart;
    private volatile long connected;
    private volatile long tlsStart;
    private volatile long tlsEnd;
    private volatile long firstByte;

    CallTrace(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Called last before the request goes to the socket. */
    void writing() throws IOException {
        if (written) {
            throw new ProtocolException("a request can be written only once");
        }
        if (deadline.passed()) {
            throw new InterruptedIOException("deadline");
        }
        written = true;
    }

    boolean written() {
        return written;
    }

    void answeredWith(int code) {
        status = code;
    }

    /** The status as received. */
    int status() {
        return status;
    }

    /** Closes the connection, so that no later call uses it. */
    void hangUp() {
        var used = connection;
        if (used != null) {
            try {
                used.socket().close();
            } catch (IOException alreadyGone) {
                // The answer has arrived, and OkHttp detects a broken socket before it reuses it.
            }
        }
    }

    boolean inHandshake() {
        return tlsStart > 0 && tlsEnd == 0;
    }

    Timing timing() {
        long now = now();
        return new Timing(
                step(dnsStart, dnsEnd, now),
                step(connectStart, tlsStart > 0 ? tlsStart : connected, now),
                step(tlsStart, tlsEnd, now),
                TimeUnit.NANOSECONDS.toMillis(firstByte),
                TimeUnit.NANOSECONDS.toMillis(now));
    }

    private long now() {
        return System.nanoTime() - start;
    }

    /** How long a step took; a step that has not ended lasts until now. */
    private static long step(long from, long to, long now) {
        return from == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(Math.max(0, (to == 0 ? now : to) - from));
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        dnsStart = now();
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
        dnsEnd = now();
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connectStart = connectStart == 0 ? now() : connectStart;
    }

    @Override
    public void secureConnectStart(Call call) {
        tlsStart = now();
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        tlsEnd = now();
    }

    @Override
    public void connectionAcquired(Call call, Connection acquired) {
        connected = now();
        connection = acquired;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        firstByte = now();
    }
}
