package dev.carillon.api.event;

import static dev.carillon.core.kernel.ErrorCode.AUTHENTICATION_REQUIRED;
import static dev.carillon.core.kernel.ErrorCode.OVERLOADED;
import static dev.carillon.core.kernel.ErrorCode.TOO_MANY_STREAMS;

import dev.carillon.api.http.Connections;
import dev.carillon.api.http.RequestContext;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.LiveEventHub;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Json;
import io.micronaut.http.HttpRequest;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The open streams of this process: their limits, and their common end at shutdown. */
@Singleton
public class OpenStreams {
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final LiveEventHub events;
    private final StreamConfig config;
    private final StreamMetrics metrics;
    private final Json json;
    private final Map<EventStream, Supplier<Actor>> open = new ConcurrentHashMap<>();
    private final Map<Object, Integer> perKey = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closing;

    OpenStreams(LiveEventHub events, StreamConfig config, StreamMetrics metrics, Json json) {
        this.events = events;
        this.config = config;
        this.metrics = metrics;
        this.json = json;
        metrics.show(count);
    }

    /**
     * Opens a stream, which ends with its connection.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code too_many_streams}, and the refusals of following events
     */
    EventStream open(HttpRequest<?> request, Actor actor, EventFilter filter, @Nullable EventId after) {
        if (closing) {
            throw OVERLOADED.because("This process is stopping; reconnect in a moment.");
        }
        var check = RequestContext.of(request)
                .accessCheck()
                .orElseThrow(() -> AUTHENTICATION_REQUIRED.because("An event stream needs an API key or a session."));
        Object key =
                switch (actor.caller()) {
                    case Caller.ByKey(var id) -> id;
                    // All sessions of a member share one limit.
                    case Caller.ByMember by -> by.member();
                };
        reserve(key);
        var stream = new EventStream(config, json, Connections.thread(request), () -> Connections.close(request));
        try {
            var subscription = events.follow(actor, filter, after, stream);
            open.put(stream, check);
            stream.whenOver(() -> {
                // Closing may wait for the threads that hand out events; the connection's own thread must not wait.
                Thread.ofVirtual().name("stream over").start(subscription::close);
                open.remove(stream);
                release(key);
                metrics.ended(stream.end());
            });
        } catch (RuntimeException e) {
            release(key);
            throw e;
        }
        Connections.whenClosed(request, stream::cancel);
        if (closing) {
            sayGoodbye(stream);
        }
        return stream;
    }

    private void reserve(Object key) {
        if (count.incrementAndGet() > config.perProcess()) {
            count.decrementAndGet();
            throw TOO_MANY_STREAMS.because(
                    "This process has %d streams open, which is its limit; try again in a moment."
                            .formatted(config.perProcess()));
        }
        if (perKey.merge(key, 1, Integer::sum) > config.perKey()) {
            release(key);
            throw TOO_MANY_STREAMS.because(
                    "You have %d streams open in this process, which is the limit; close one first."
                            .formatted(config.perKey()));
        }
    }

    private void release(Object key) {
        perKey.computeIfPresent(key, (same, streams) -> streams == 1 ? null : streams - 1);
        count.decrementAndGet();
    }

    /** The number of open streams. */
    public int count() {
        return count.get();
    }

    Set<EventStream> all() {
        return open.keySet();
    }

    /** The checks whether callers still have access, each once. */
    Set<Supplier<Actor>> checks() {
        return Set.copyOf(open.values());
    }

    /** The streams whose caller has this check. */
    Iterable<EventStream> of(Supplier<Actor> check) {
        return open.entrySet().stream()
                .filter(entry -> Objects.equals(entry.getValue(), check))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Tells every reader to reconnect, possibly to another process, and waits a moment until they have received it. */
    @PreDestroy
    public void close() {
        closing = true;
        all().forEach(OpenStreams::sayGoodbye);
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void sayGoodbye(EventStream stream) {
        stream.close(
                "shutting_down", "This process is stopping; reconnect with the id of the last event in Last-Event-ID.");
    }
}
