package dev.carillon.app.bench.limits;

import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Decides nothing: it reads one key, which is the least that any candidate must do. */
record RoundTrip(RedissonClient redis) implements Candidate {
    static RoundTrip with(String redisUrl, int narrow) {
        return new RoundTrip(Redis.connect(redisUrl));
    }

    @Override
    public String name() {
        return "bare GET";
    }

    @Override
    public boolean take(String caller) {
        return redis.getBucket(caller, StringCodec.INSTANCE).get() == null;
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
