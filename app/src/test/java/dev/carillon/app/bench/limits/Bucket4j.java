package dev.carillon.app.bench.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.redisson.Bucket4jRedisson;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

/**
 * Bucket4j reads a bucket and writes it back if it has not changed meanwhile; two buckets mean two such exchanges and no joint decision.
 */
record Bucket4j(RedissonClient redis, ProxyManager<String> buckets, int narrow) implements Candidate {
    static Bucket4j with(String redisUrl, int narrow) {
        var redis = Redis.connect(redisUrl);
        var buckets = Bucket4jRedisson.casBasedBuilder(((Redisson) redis).getCommandExecutor())
                .build();
        return new Bucket4j(redis, buckets, narrow);
    }

    @Override
    public String name() {
        return "Bucket4j";
    }

    @Override
    public boolean take(String caller) {
        var wide = buckets.builder().build(caller + ":wide", () -> limit(LimitsBench.WIDE));
        if (!wide.tryConsume(1)) {
            return false;
        }
        boolean passed =
                buckets.builder().build(caller + ":narrow", () -> limit(narrow)).tryConsume(1);
        if (!passed) {
            wide.addTokens(1);
        }
        return passed;
    }

    private static BucketConfiguration limit(int requests) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(requests)
                        .refillIntervally(requests, Duration.ofDays(1))
                        .build())
                .build();
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
