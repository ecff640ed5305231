package dev.carillon.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.signal.RedisConfig;
import dev.carillon.testkit.HoldingProxy;
import dev.carillon.testkit.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits on a real Redis; each limiter represents one process. */
@Timeout(60)
class LimiterTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Long enough for a busy machine. */
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static final Duration HASTY = Duration.ofMillis(100);
    private static final Rate TEN_A_DAY = new Rate(10, Duration.ofDays(1));

    private final List<Limiter> limiters = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String caller = UUID.randomUUID().toString();

    @AfterEach
    void stop() {
        limiters.forEach(Limiter::close);
    }

    // Without this, a caller that sends from several places at once would exceed its limit.
    @Test
    void exactlyAsManyPassAsTheLimitSaysHoweverManyAskAtOnceInHoweverManyProcesses() throws Exception {
        var processes = List.of(limiter(TestRedis.uri(), PATIENT), limiter(TestRedis.uri(), PATIENT));
        var limits = List.of(
                new Limit("wide", new Rate(100_000, Duration.ofDays(1))),
                new Limit("narrow", new Rate(500, Duration.ofDays(1))));

        long passed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new ArrayList<Future<Integer>>();
            for (int thread = 0; thread < 64; thread++) {
                var process = processes.get(thread % 2);
                asking.add(threads.submit(passes(process, limits, 20)));
            }
            for (var future : asking) {
                passed += future.get();
            }
        }

        assertThat(passed).isEqualTo(500);
        assertThat(meters.counter("carillon.limits.decisions", "buckets", "local")
                        .count())
                .isZero();
        var after = processes.getFirst().take(caller, limits);
        assertThat(after.passed()).isFalse();
        assertThat(after.standings().getFirst().remaining())
                .as("a request that the narrow limit refuses takes nothing from the wide limit")
                .isEqualTo(100_000 - 500);
    }

    private Callable<Integer> passes(Limiter process, List<Limit> limits, int requests) {
        return () -> {
            int passed = 0;
            for (int request = 0; request < requests; request++) {
                passed += process.take(caller, limits).passed() ? 1 : 0;
            }
            return passed;
        };
    }

    @Test
    void redisAndThisProcessDoTheSameSums() {
        var limiter = limiter(TestRedis.uri(), PATIENT);
        var local = new LocalBuckets(() -> 0);
        var limits = List.of(
                new Limit("a", TEN_A_DAY),
                new Limit("b", new Rate(7, Duration.ofHours(5))),
                new Limit("c", new Rate(Rate.MOST_REQUESTS, Rate.LONGEST)));

        for (int request = 0; request < 9; request++) {
            var shared = limiter.take(caller, limits);
            var alone = local.take(caller, limits);

            assertThat(shared.passed()).isEqualTo(alone.passed()).isEqualTo(request < 7);
            for (int i = 0; i < limits.size(); i++) {
                var one = shared.standings().get(i);
                var other = alone.standings().get(i);
                assertThat(one.remaining()).isEqualTo(other.remaining());
                assertThat(one.moreIn()).isBetween(other.moreIn().minus(PATIENT), other.moreIn());
            }
        }
    }

    @Test
    void whatWasTakenComesBackByTheTimeOfTheRedisServer() {
        var limiter = limiter(TestRedis.uri(), PATIENT);
        var limits = List.of(new Limit("brief", new Rate(2, Duration.ofSeconds(1))));
        await().atMost(SOON).until(() -> !limiter.take(caller, limits).passed());

        var refused = limiter.take(caller, limits);

        if (!refused.passed()) {
            assertThat(refused.refusedBy().orElseThrow().moreIn())
                    .isPositive()
                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
        await().atMost(SOON).until(() -> limiter.take(caller, limits).passed());
    }

    // Redis may be emptied or stopped at any time.
    @Test
    void withRedisGoneEachProcessCountsForItselfAndSaysSoUntilItIsBack() {
        try (var redis = TestRedis.own()) {
            var limiter = limiter(redis.address().uri(), Duration.ofSeconds(1));
            var limits = List.of(new Limit("some", TEN_A_DAY));
            assertThat(limiter.take(caller, limits).standings().getFirst().remaining())
                    .isEqualTo(9);
            assertThat(meters.get("carillon.limits.shared").gauge().value()).isEqualTo(1);

            redis.stop();
            await().atMost(SOON).until(() -> {
                limiter.take("another", limits);
                return !limiter.isShared();
            });

            assertThat(meters.get("carillon.limits.shared").gauge().value()).isZero();
            for (int request = 0; request < 10; request++) {
                assertThat(limiter.take(caller, limits).passed()).isTrue();
            }
            assertThat(limiter.take(caller, limits).passed()).isFalse();
            assertThat(meters.counter("carillon.limits.decisions", "buckets", "local")
                            .count())
                    .isGreaterThanOrEqualTo(11);

            redis.start();
            await().atMost(SOON).until(limiter::isShared);
            assertThat(limiter.take(caller, limits).passed())
                    .as("the bucket in Redis is almost unused")
                    .isTrue();
            assertThat(meters.get("carillon.limits.shared").gauge().value()).isEqualTo(1);
        }
    }

    // Without this, every request would wait for a hanging Redis until its timeout.
    @Test
    void whileRedisHangsOnlyTheFirstRequestsWaitForIt() throws IOException {
        try (var redis = TestRedis.own();
                var proxy = HoldingProxy.inFrontOf(URI.create(redis.address().uri()))) {
            var limiter = limiter(redis.address().uri(proxy.hostAndPort()), HASTY);
            var limits = List.of(new Limit("some", Rate.perMinute(100_000)));
            await().atMost(SOON).until(() -> {
                limiter.take(caller, limits);
                return limiter.isShared();
            });

            proxy.holdRequest("EVALSHA");
            await().atMost(SOON).until(() -> {
                limiter.take(caller, limits);
                return !limiter.isShared();
            });
            long began = System.nanoTime();
            for (int request = 0; request < 1_000; request++) {
                assertThat(limiter.take(caller, limits).passed()).isTrue();
            }
            var took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(took).as("1,000 requests").isLessThan(Duration.ofSeconds(2));
            assertThat(limiter.isShared()).isFalse();
            proxy.letPass();
            await().atMost(SOON).until(limiter::isShared);
        }
    }

    @Test
    void aProcessThatStartsWithoutRedisCountsForItself() {
        var limiter = limiter("redis://127.0.0.1:1", HASTY);
        var limits = List.of(new Limit("some", new Rate(1, Duration.ofDays(1))));

        assertThat(limiter.take(caller, limits).passed()).isTrue();
        assertThat(limiter.take(caller, limits).passed()).isFalse();
        assertThat(limiter.isShared()).isFalse();
    }

    @Test
    void whereThereIsNoLimitNobodyIsAsked() {
        var limiter = limiter("redis://127.0.0.1:1", HASTY);

        var decision = limiter.take(caller, List.of());

        assertThat(decision).isEqualTo(new RateLimitDecision(true, List.of()));
    }

    private Limiter limiter(String redis, Duration patience) {
        var config = new LimitConfig(patience, Duration.ofMillis(50), 600, 300);
        var limiter = new Limiter(new RedisConfig(redis), config, new LimitMetrics(meters));
        limiters.add(limiter);
        return limiter;
    }
}
