package dev.carillon.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testkit.TestRedis;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalsTest {
    @Test
    void aSignalReachesThisProcessAtOnceAndTheOthersThroughRedis() {
        var redisHere = new RedisTopics(new RedisConfig(TestRedis.uri()));
        var redisThere = new RedisTopics(new RedisConfig(TestRedis.uri()));
        var here = new Signals(redisHere);
        var heardHere = new AtomicInteger();
        var heardThere = new AtomicInteger();
        here.subscribe(Signal.PUBLICATIONS_DUE, heardHere::incrementAndGet);
        new Signals(redisThere).subscribe(Signal.PUBLICATIONS_DUE, heardThere::incrementAndGet);

        here.send(Signal.PUBLICATIONS_DUE);

        assertThat(heardHere).hasValue(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            here.send(Signal.PUBLICATIONS_DUE);
            return heardThere.get() > 0;
        });
        redisHere.close();
        redisThere.close();
    }

    // Redis may be unavailable at any time, even at startup.
    @Test
    void withoutRedisASignalStillReachesThisProcessAndNothingFails() {
        var redis = new RedisTopics(new RedisConfig("redis://127.0.0.1:1"));
        var alone = new Signals(redis);
        var heard = new AtomicInteger();
        alone.subscribe(Signal.EVENTS_RECORDED, heard::incrementAndGet);

        alone.send(Signal.EVENTS_RECORDED);
        alone.send(Signal.EVENTS_RECORDED);

        assertThat(heard).hasValue(2);
        redis.close();
        alone.send(Signal.EVENTS_RECORDED);
    }
}
