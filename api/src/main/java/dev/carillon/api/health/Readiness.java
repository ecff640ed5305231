package dev.carillon.api.health;

import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.health.HealthChecks;
import dev.carillon.core.signal.Signals;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Checks the database, Redis and the other parts of the process. At most one check of the database and one of Redis run at a time, and a
 * reply waits for each no longer than the time limit.
 */
@Singleton
class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DatabasePools pools;
    private final Signals signals;
    private final HealthChecks parts;
    private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
    private CompletableFuture<Boolean> database = CompletableFuture.completedFuture(true);
    private CompletableFuture<Boolean> redis = CompletableFuture.completedFuture(true);

    Readiness(DatabasePools pools, Signals signals, HealthChecks parts) {
        this.pools = pools;
        this.signals = signals;
        this.parts = parts;
    }

    ReadinessResponse now() {
        CompletableFuture<Boolean> databaseLook;
        CompletableFuture<Boolean> redisLook;
        synchronized (this) {
            if (database.isDone()) {
                database = CompletableFuture.supplyAsync(pools::answers, looks);
            }
            if (redis.isDone()) {
                redis = CompletableFuture.supplyAsync(signals::reachesRedis, looks);
            }
            databaseLook = database;
            redisLook = redis;
        }
        return ReadinessResponse.of(inTime(databaseLook), inTime(redisLook), parts.now());
    }

    private static boolean inTime(CompletableFuture<Boolean> look) {
        return look.copy()
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> false)
                .join();
    }

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }
}
