package dev.carillon.core.limit;

import dev.carillon.core.signal.RedisConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether requests may pass. All limits of a request are decided together: a request that any of them refuses
 * takes from none. All processes count together in Redis; while Redis cannot be reached, each process counts for
 * itself, starting from full buckets.
 */
@Singleton
public class Limiter {
    private static final List<Limit> NO_MATTER_WHICH =
            List.of(new Limit("reach", new Rate(Rate.MOST_REQUESTS, Duration.ofSeconds(1))));

    private final LimitConfig config;
    private final LimitMetrics metrics;
    private final LocalBuckets local = new LocalBuckets(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    private final BucketScript script;
    private final SharedBuckets shared;
    private final RedisReach redis;

    Limiter(RedisConfig redisConfig, LimitConfig config, LimitMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        this.script = new BucketScript(redisConfig, config.redisTimeout());
        this.shared = new SharedBuckets(script);
        this.redis = new RedisReach(this::answers, config.retryRedisEvery());
        metrics.show(redis::isUp);
    }

    /**
     * Takes a request from each of the limits, or from none. Waits for Redis for the configured time at most, and not
     * at all while Redis is unreachable.
     *
     * @param caller the owner of the buckets
     */
    public RateLimitDecision take(String caller, List<Limit> limits) {
        if (limits.isEmpty()) {
            return RateLimitDecision.UNLIMITED;
        }
        var decision = byAll(caller, limits).orElseGet(() -> {
            metrics.decidedHere();
            return local.take(caller, limits);
        });
        decision.refusedBy().ifPresent(standing -> metrics.refused(standing.limit()));
        return decision;
    }

    /** Like {@code take}, with buckets that this process never shares, for callers that are not authenticated. */
    public RateLimitDecision takeHere(String caller, Limit limit) {
        var decision = local.take(caller, List.of(limit));
        decision.refusedBy().ifPresent(standing -> metrics.refused(standing.limit()));
        return decision;
    }

    /** Whether {@link #takeHere} would let a request pass. Takes nothing. */
    public boolean hasRoomHere(String caller, Limit limit) {
        return local.hasRoom(caller, limit);
    }

    /** Whether all processes currently count together. */
    public boolean isShared() {
        return redis.isUp();
    }

    private Optional<RateLimitDecision> byAll(String caller, List<Limit> limits) {
        if (!redis.isUpAfterStart()) {
            return Optional.empty();
        }
        var decision = shared.take(caller, limits, config.redisTimeout());
        if (decision.isPresent()) {
            metrics.decidedByAll();
        } else if (shared.silentFor(config.redisTimeout())) {
            // One slow answer among others is no reason to count alone from now on.
            redis.lost();
        }
        return decision;
    }

    private boolean answers() {
        return shared.take("nobody", NO_MATTER_WHICH, config.redisTimeout()).isPresent();
    }

    @PreDestroy
    void close() {
        redis.close();
        script.close();
    }
}
