package dev.carillon.core.signal;

import dev.carillon.core.kernel.Id;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A keyed notifier: waits for news of one object, in whichever process it happens. A waiting process announces the ids
 * it waits for, and repeats this regularly; the others send news only of announced ids, so that outcomes without a
 * waiter send nothing. As with {@link Signals}, news may be lost; the waiter therefore also checks by itself.
 */
@Singleton
public class KeyedNotifier {
    private static final String TOPIC = "carillon.watches";
    private static final String WATCHED = "watched ";
    private static final String TOLD = "told ";
    private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long ANNOUNCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int IDS_PER_MESSAGE = 500;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Map<UUID, Set<Waiter>> here = new ConcurrentHashMap<>();

    /** The ids that other processes wait for, and until when each announcement is valid. */
    private final Map<UUID, Long> elsewhere = new ConcurrentHashMap<>();

    private final Set<UUID> toAnnounce = ConcurrentHashMap.newKeySet();
    private final Set<UUID> toTell = ConcurrentHashMap.newKeySet();
    private final RedisTopics redis;
    private final Coalescing sender;
    private volatile boolean ending;

    public KeyedNotifier(RedisTopics redis) {
        this.redis = redis;
        this.sender = redis.sender(this::publish);
        redis.listen(TOPIC, this::receive);
    }

    /** Starts to listen for news of {@code id}. Check once afterwards, and then wait. */
    public Waiter on(Id id) {
        var waiter = new Waiter(id.value());
        here.compute(id.value(), (key, waiters) -> {
            var all = waiters == null ? ConcurrentHashMap.<Waiter>newKeySet() : waiters;
            all.add(waiter);
            return all;
        });
        announce(id.value());
        if (ending) {
            waiter.close();
        }
        return waiter;
    }

    /**
     * Reads until the result is as wanted. It reads again on news and every second, in case news is lost. After
     * {@code atMost} of this machine's time, it returns the last result. It blocks its thread, which should be a
     * virtual one. Do not call it inside a transaction, because it would hold the connection.
     *
     * @param whenGone is given a callback; run it when the answer is no longer needed, and the wait ends at once
     */
    public <T> T await(Id id, Supplier<T> read, Predicate<T> wanted, Duration atMost, Consumer<Runnable> whenGone) {
        long end = System.nanoTime() + atMost.toNanos();
        try (var waiter = on(id)) {
            whenGone.accept(waiter::close);
            while (true) {
                var found = read.get();
                var left = Duration.ofNanos(end - System.nanoTime());
                if (wanted.test(found) || waiter.isClosed() || !left.isPositive()) {
                    return found;
                }
                waiter.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return read.get();
        }
    }

    /** Like {@link #tell}, but only for waiters in this process. */
    public void wakeHere(Id id) {
        wake(id.value());
    }

    /** Announces news of {@code id}. Never fails and never waits. */
    public void tell(Id id) {
        wake(id.value());
        if (elsewhere.containsKey(id.value())) {
            toTell.add(id.value());
            sender.run();
        }
    }

    /** How many waiters there are in this process. */
    public int count() {
        return here.values().stream().mapToInt(Set::size).sum();
    }

    private void wake(UUID id) {
        here.getOrDefault(id, Set.of()).forEach(Waiter::wake);
    }

    private void announce(UUID id) {
        toAnnounce.add(id);
        sender.run();
    }

    private void publish() {
        publish(TOLD, toTell);
        publish(WATCHED, toAnnounce);
    }

    private void publish(String kind, Set<UUID> ids) {
        while (!ids.isEmpty()) {
            var some = ids.stream().limit(IDS_PER_MESSAGE).toList();
            some.forEach(ids::remove);
            redis.publish(TOPIC, kind + some.stream().map(UUID::toString).collect(Collectors.joining(" ")));
        }
    }

    private void receive(String message) {
        if (message.startsWith(TOLD)) {
            each(message, TOLD, this::wake);
        } else if (message.startsWith(WATCHED)) {
            long now = System.nanoTime();
            elsewhere.values().removeIf(until -> until - now < 0);
            each(message, WATCHED, id -> elsewhere.put(id, now + KNOWN_NANOS));
        }
    }

    private static void each(String message, String kind, Consumer<UUID> each) {
        Arrays.stream(message.substring(kind.length()).split(" "))
                .map(UUID::fromString)
                .forEach(each);
    }

    /** Ends all present and future waits in this process. */
    @PreDestroy
    public void close() {
        ending = true;
        here.values().forEach(waiters -> new ArrayList<>(waiters).forEach(Waiter::close));
    }

    /** One waiter. */
    public final class Waiter implements AutoCloseable {
        private final UUID id;
        private final Semaphore news = new Semaphore(0);
        private volatile boolean closed;
        private long announcedNanos = System.nanoTime();

        private Waiter(UUID id) {
            this.id = id;
        }

        /**
         * Waits for news, for {@code atMost}; once closed it returns at once.
         *
         * @return whether there was news, or the waiter was closed
         */
        public boolean await(Duration atMost) throws InterruptedException {
            if (closed) {
                return true;
            }
            long now = System.nanoTime();
            // Also while news keeps arriving: other processes stop sending if the announcement is not repeated.
            if (now - announcedNanos > ANNOUNCE_NANOS) {
                announcedNanos = now;
                announce(id);
            }
            boolean woken = news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (woken) {
                // Only after a wake-up: otherwise news that arrived after the wait ended would be discarded unnoticed.
                news.drainPermits();
            }
            return woken;
        }

        private void wake() {
            news.release();
        }

        public boolean isClosed() {
            return closed;
        }

        /** Ends the wait, from any thread. Repeating it is harmless. */
        @Override
        public void close() {
            closed = true;
            here.computeIfPresent(id, (key, waiters) -> {
                waiters.remove(this);
                return waiters.isEmpty() ? null : waiters;
            });
            wake();
        }
    }
}
