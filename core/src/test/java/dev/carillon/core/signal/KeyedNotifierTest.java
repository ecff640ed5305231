package dev.carillon.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PostId;
import dev.carillon.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyedNotifierTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Ids ids = new Ids();
    private final RedisTopics redisHere = new RedisTopics(new RedisConfig(TestRedis.uri()));
    private final RedisTopics redisThere = new RedisTopics(new RedisConfig(TestRedis.uri()));
    private final KeyedNotifier here = new KeyedNotifier(redisHere);

    @AfterEach
    void close() {
        redisHere.close();
        redisThere.close();
    }

    @Test
    void newsWakesWhoeverWaitsForItInThisProcessAndNobodyElse() throws Exception {
        var id = ids.next(PostId.KIND);
        try (var one = here.on(id);
                var two = here.on(id);
                var other = here.on(ids.next(PostId.KIND))) {
            here.tell(id);

            assertThat(isWoken(one)).isTrue();
            assertThat(isWoken(two)).isTrue();
            assertThat(isWoken(other)).isFalse();
        }
    }

    @Test
    void newsFromAnotherProcessComesThroughRedis() throws Exception {
        var there = new KeyedNotifier(redisThere);
        var id = ids.next(PostId.KIND);
        try (var waiter = here.on(id)) {
            // The other process may miss the first announcement; a waiting process repeats it.
            await().atMost(LONG).until(() -> {
                there.tell(id);
                return isWoken(waiter);
            });
        }
    }

    // Otherwise thousands of outcomes a second would flood Redis although nothing waits for them.
    @Test
    void onlyWhatSomebodyWaitsForIsTold() {
        var there = new KeyedNotifier(redisThere);
        var messages = new CopyOnWriteArrayList<String>();
        redisHere.listen("carillon.watches", messages::add);
        var watched = ids.next(PostId.KIND);
        try (var waiter = here.on(watched)) {
            await().atMost(LONG).until(() -> {
                IntStream.range(0, 1_000).forEach(n -> there.tell(ids.next(PostId.KIND)));
                there.tell(watched);
                return !messages.isEmpty() || waitedShortly(waiter);
            });
            await().atMost(LONG).until(() -> !messages.isEmpty());

            assertThat(List.copyOf(messages)).allMatch(("told " + watched.value())::equals);
        }
    }

    @Test
    void closingEndsTheWaitFromAnotherThread() throws Exception {
        var waiter = here.on(ids.next(PostId.KIND));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> waited(waiter, LONG));

            waiter.close();

            assertThat(waiting.get()).isLessThan(LONG);
            assertThat(waited(waiter, LONG)).isLessThan(LONG);
            assertThat(waiter.isClosed()).isTrue();
        }
    }

    @Test
    void theEndOfTheProcessLetsEverybodyGo() throws Exception {
        var waiter = here.on(ids.next(PostId.KIND));

        here.close();

        assertThat(waited(waiter, LONG)).isLessThan(LONG);
        assertThat(here.on(ids.next(PostId.KIND)).isClosed()).isTrue();
        assertThat(here.count()).isZero();
    }

    private static boolean isWoken(KeyedNotifier.Waiter waiter) {
        return waited(waiter, Duration.ofMillis(200)).compareTo(Duration.ofMillis(200)) < 0;
    }

    private static boolean waitedShortly(KeyedNotifier.Waiter waiter) {
        waited(waiter, Duration.ofMillis(1));
        return false;
    }

    private static Duration waited(KeyedNotifier.Waiter waiter, Duration atMost) {
        long start = System.nanoTime();
        try {
            waiter.await(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
