package dev.carillon.core.signal;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints that make waiting shorter: to this process at once, to the others through Redis. They may be lost, doubled or late, and Redis
 * may be gone; whoever listens also looks by itself, on a tick.
 */
@Singleton
public class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final String TOPIC = "carillon.signals";
    private static final int WORTH_A_WARNING = 2;

    private final Map<Signal, Channel> channels = Arrays.stream(Signal.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), signal -> new Channel()));
    private final String process = UUID.randomUUID().toString();
    private final RedissonClient redis;
    private final ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean();

    private static final class Channel {
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private final AtomicBoolean pending = new AtomicBoolean();

        void tellListeners() {
            listeners.forEach(Runnable::run);
        }
    }

    public Signals(RedisConfig config) {
        redis = Redisson.create(settings(config));
        sender.execute(this::listen);
    }

    private static Config settings(RedisConfig config) {
        var settings = new Config();
        settings.setCodec(StringCodec.INSTANCE);
        settings.setThreads(2);
        settings.setNettyThreads(2);
        // Redis may be away at the start as at any other time.
        settings.setLazyInitialization(true);
        settings.useSingleServer()
                .setAddress(config.url())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(4)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2)
                .setRetryAttempts(0)
                .setConnectTimeout(1_000)
                .setTimeout(1_000);
        return settings;
    }

    /** Calls {@code listener} on every signal; it must return at once and may be called from any thread. */
    public void subscribe(Signal signal, Runnable listener) {
        channel(signal).listeners.add(listener);
    }

    /** Never fails and never waits. Signals that come while one of the same kind is on its way are one signal. */
    public void send(Signal signal) {
        channel(signal).tellListeners();
        channel(signal).pending.set(true);
        if (sending.compareAndSet(false, true)) {
            sender.execute(this::publishPending);
        }
    }

    /** Whether Redis answers now; waits a second at most. */
    public boolean reachesRedis() {
        try {
            return redis.getRedisNodes(RedisNodes.SINGLE).pingAll(1, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void publishPending() {
        try {
            for (var signal : Signal.values()) {
                if (channel(signal).pending.getAndSet(false)) {
                    redis.getTopic(TOPIC).publish(process + " " + signal.name());
                }
            }
            noteReached();
        } catch (RuntimeException e) {
            noteFailure();
        } finally {
            sending.set(false);
        }
    }

    private void listen() {
        while (!sender.isShutdown()) {
            try {
                redis.getTopic(TOPIC).addListener(String.class, (channel, message) -> receive(message));
                return;
            } catch (RuntimeException e) {
                noteFailure();
                pause();
            }
        }
    }

    private void receive(String message) {
        var words = message.split(" ", 2);
        if (words.length != 2 || words[0].equals(process)) {
            return;
        }
        for (var signal : Signal.values()) {
            // A newer version may send signals that this one does not know.
            if (signal.name().equals(words[1])) {
                channel(signal).tellListeners();
            }
        }
    }

    private void noteReached() {
        if (failures.getAndSet(0) >= WORTH_A_WARNING) {
            LOG.info("Redis is back; signals reach other processes again");
        }
    }

    private void noteFailure() {
        // One late answer is no news; nobody missed more than a hint.
        if (failures.incrementAndGet() == WORTH_A_WARNING && !sender.isShutdown()) {
            LOG.warn("Redis cannot be reached; other processes find new work on their tick");
        }
    }

    private Channel channel(Signal signal) {
        return Objects.requireNonNull(channels.get(signal));
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() {
        sender.shutdownNow();
        redis.shutdown();
    }
}
