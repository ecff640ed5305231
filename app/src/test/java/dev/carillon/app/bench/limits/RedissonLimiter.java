package dev.carillon.app.bench.limits;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;

/** Redisson's own limiter stores each permit of the last window; two limits mean two requests and no joint decision. */
record RedissonLimiter(RedissonClient redis, int narrow, Map<String, RRateLimiter> known) implements Candidate {
    static RedissonLimiter with(String redisUrl, int narrow) {
        return new RedissonLimiter(Redis.connect(redisUrl), narrow, new ConcurrentHashMap<>());
    }

    @Override
    public String name() {
        return "RRateLimiter";
    }

    @Override
    public boolean take(String caller) {
        var wide = limiter(caller + ":rr-wide", LimitsBench.WIDE);
        if (!wide.tryAcquire()) {
            return false;
        }
        boolean passed = limiter(caller + ":rr-narrow", narrow).tryAcquire();
        if (!passed) {
            wide.release(1);
        }
        return passed;
    }

    private RRateLimiter limiter(String name, int requests) {
        return known.computeIfAbsent(name, unseen -> {
            var limiter = redis.getRateLimiter(name);
            limiter.trySetRate(RateType.OVERALL, requests, Duration.ofDays(1));
            return limiter;
        });
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
