package dev.carillon.api.event;

import dev.carillon.api.event.StreamFrames.Closed;
import dev.carillon.core.event.EventSink;
import dev.carillon.core.event.LiveEvent;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One open stream. Events come from the log's reader; bytes leave on the connection's own thread, as fast as the client reads them. The
 * stream is the reply's body, in the shape that the server requires.
 */
final class EventStream implements Publisher<byte[]>, Subscription, EventSink {
    private final Backlog backlog;
    private final Duration stall;
    private final Json json;
    private final Executor connection;
    private final Runnable hangUp;
    private final AtomicInteger draining = new AtomicInteger();
    private final AtomicReference<@Nullable Subscriber<? super byte[]>> reader = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> whenOver = new AtomicReference<>();
    private volatile String end = "gone";
    private volatile long lastSentNanos = System.nanoTime();
    private volatile long endingNanos;

    /**
     * Creates an empty stream.
     *
     * @param connection runs work on the connection's thread, in order and one at a time
     * @param hangUp closes its connection
     */
    EventStream(StreamConfig config, Json json, Executor connection, Runnable hangUp) {
        this.backlog = new Backlog(config.buffer());
        this.stall = config.stall();
        this.json = json;
        this.connection = connection;
        this.hangUp = hangUp;
    }

    /** Runs {@code action} when the stream ends, or at once if it has ended. */
    void whenOver(Runnable action) {
        whenOver.set(action);
        if (backlog.isOver()) {
            tellThatItIsOver();
        }
    }

    /** Why it ended: {@code gone} if the reader disconnected. */
    String end() {
        return end;
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> subscriber) {
        if (!reader.compareAndSet(null, subscriber)) {
            throw new IllegalStateException("the stream already has a reader");
        }
        subscriber.onSubscribe(this);
        drain();
    }

    @Override
    public void request(long count) {
        backlog.request(count);
        drain();
    }

    @Override
    public void cancel() {
        over();
    }

    @Override
    public void begin(@Nullable EventId after) {
        backlog.add(StreamFrames.opening(after));
    }

    @Override
    public boolean take(List<LiveEvent> events) {
        boolean taken = backlog.offerAll(
                events.stream().map(event -> event.rendered(StreamFrames::of)).toList());
        drain();
        return taken;
    }

    @Override
    public void takePast(List<LiveEvent> events) {
        events.forEach(event -> backlog.add(event.rendered(StreamFrames::of)));
        drain();
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        boolean room = backlog.awaitRoom(stall);
        if (!room && !backlog.isEnding()) {
            cut();
        }
        return room;
    }

    @Override
    public void fail() {
        close(
                "internal_error",
                "Past events could not be read; reconnect with the id of the last event in Last-Event-ID.");
    }

    /** Sends the reason as the last frame; the stream ends when the reader has received it. */
    void close(String reason, String detail) {
        if (!backlog.isEnding()) {
            endingNanos = System.nanoTime();
            end = reason;
        }
        if (backlog.addLast(StreamFrames.closing(json, new Closed(reason, detail)))) {
            drain();
        }
    }

    /** Drops what waits and disconnects; a client that reconnects finds the events in the log. */
    private void cut() {
        end = "too_slow";
        over();
        hangUp.run();
    }

    /** Sends a comment if nothing was sent for a while. */
    void beat(long now, Duration after) {
        if (now - lastSentNanos >= after.toNanos()
                && backlog.isEmpty()
                && backlog.offerAll(List.of(StreamFrames.heartbeat()))) {
            drain();
        }
    }

    /** Disconnects a reader that does not even take the last frame. */
    void hangUpIfEndingFor(long now, Duration longest) {
        if (backlog.isEnding() && now - endingNanos > longest.toNanos() && over()) {
            hangUp.run();
        }
    }

    /**
     * Sends what may be sent, on the connection's thread. A frame handed over on another thread could arrive after the connection has
     * ended, or before the notice that its buffer is full. Frames that arrive while it sends are sent in the same run.
     */
    private void drain() {
        var subscriber = reader.get();
        if (subscriber != null && draining.getAndIncrement() == 0) {
            connection.execute(() -> drainTo(subscriber));
        }
    }

    private void drainTo(Subscriber<? super byte[]> subscriber) {
        int calls = 1;
        do {
            sendAll(subscriber);
            calls = draining.addAndGet(-calls);
        } while (calls != 0);
    }

    private void sendAll(Subscriber<? super byte[]> subscriber) {
        for (var bytes = backlog.next(); bytes != null; bytes = backlog.next()) {
            lastSentNanos = System.nanoTime();
            subscriber.onNext(bytes);
        }
        if (backlog.isDone() && over()) {
            subscriber.onComplete();
        }
    }

    private boolean over() {
        boolean first = backlog.end();
        if (first) {
            tellThatItIsOver();
        }
        return first;
    }

    private void tellThatItIsOver() {
        var action = whenOver.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }
}
