package dev.carillon.core.signal;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hints that shorten waiting: delivered to this process at once, and to the others through Redis. They may be lost,
 * duplicated or late, and Redis may be unreachable; every listener therefore also checks on a tick.
 */
@Singleton
public class Signals {
    private static final String TOPIC = "carillon.signals";

    private final Map<Signal, Channel> channels = Arrays.stream(Signal.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), signal -> new Channel()));
    private final RedisTopics redis;
    private final Coalescing sender;

    private static final class Channel {
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private final AtomicBoolean pending = new AtomicBoolean();

        void tellListeners() {
            listeners.forEach(Runnable::run);
        }
    }

    public Signals(RedisTopics redis) {
        this.redis = redis;
        this.sender = redis.sender(this::publishPending);
        redis.listen(TOPIC, this::receive);
    }

    /** Calls {@code listener} on every signal; it must return at once and may be called from any thread. */
    public void subscribe(Signal signal, Runnable listener) {
        channel(signal).listeners.add(listener);
    }

    /** Never fails and never waits. Signals sent while one of the same kind is on its way are combined into one. */
    public void send(Signal signal) {
        channel(signal).tellListeners();
        channel(signal).pending.set(true);
        sender.run();
    }

    /** Whether Redis answers now; waits a second at most. */
    public boolean reachesRedis() {
        return redis.answers();
    }

    private void publishPending() {
        for (var signal : Signal.values()) {
            if (channel(signal).pending.getAndSet(false)) {
                redis.publish(TOPIC, signal.name());
            }
        }
    }

    private void receive(String name) {
        for (var signal : Signal.values()) {
            // A newer version may send signals that this one does not know.
            if (signal.name().equals(name)) {
                channel(signal).tellListeners();
            }
        }
    }

    private Channel channel(Signal signal) {
        return Objects.requireNonNull(channels.get(signal));
    }
}
