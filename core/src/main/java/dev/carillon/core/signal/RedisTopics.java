package dev.carillon.core.signal;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis for messages to other processes, which may be lost, duplicated or late. Redis may become
 * unreachable at any time.
 */
@Singleton
public class RedisTopics {
    private static final Logger LOG = LoggerFactory.getLogger(RedisTopics.class);
    private static final int WORTH_A_WARNING = 2;

    private final String process = UUID.randomUUID().toString();
    private final RedissonClient redis;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger failures = new AtomicInteger();

    public RedisTopics(RedisConfig config) {
        redis = Redisson.create(settings(config));
    }

    static Config settings(RedisConfig config) {
        var settings = new Config();
        settings.setCodec(StringCodec.INSTANCE);
        settings.setThreads(2);
        settings.setNettyThreads(2);
        // Redis may be unreachable at the start as at any other time.
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

    /** Sends in the background; see {@link Coalescing}. */
    Coalescing sender(Runnable sending) {
        return new Coalescing(this::inBackground, sending);
    }

    private void inBackground(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException closed) {
            LOG.debug("signal dropped because the process is shutting down");
        }
    }

    /** Sends to the other processes, waiting for Redis; never fails. */
    void publish(String topic, String message) {
        try {
            redis.getTopic(topic).publish(process + " " + message);
            noteReached();
        } catch (RuntimeException e) {
            noteFailure();
        }
    }

    /**
     * Passes on messages from other processes as soon as Redis can be reached; {@code listener} must return at once.
     */
    void listen(String topic, Consumer<String> listener) {
        threads.execute(() -> {
            while (!threads.isShutdown()) {
                try {
                    redis.getTopic(topic).addListener(String.class, (channel, message) -> receive(message, listener));
                    return;
                } catch (RuntimeException e) {
                    noteFailure();
                    pause();
                }
            }
        });
    }

    private void receive(String message, Consumer<String> listener) {
        var words = message.split(" ", 2);
        if (words.length == 2 && !words[0].equals(process)) {
            listener.accept(words[1]);
        }
    }

    /** Whether Redis answers now; waits a second at most. */
    boolean answers() {
        try {
            return redis.getRedisNodes(RedisNodes.SINGLE).pingAll(1, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void noteReached() {
        if (failures.getAndSet(0) >= WORTH_A_WARNING) {
            LOG.info("Redis is reachable again; signals reach other processes");
        }
    }

    private void noteFailure() {
        // One late answer is not worth a warning: only a hint was lost.
        if (failures.incrementAndGet() == WORTH_A_WARNING && !threads.isShutdown()) {
            LOG.warn("Redis is unreachable; other processes find new work at their next tick");
        }
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
        threads.shutdownNow();
        redis.shutdown();
    }
}
