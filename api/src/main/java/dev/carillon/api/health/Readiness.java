package dev.carillon.api.health;

import dev.carillon.core.signal.Signals;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Looks at what the process cannot do without; at most one look runs at a time, and none is waited for longer than its time. */
@Singleton
class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WorkspaceService workspaces;
    private final Signals signals;
    private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
    private CompletableFuture<Boolean> database = CompletableFuture.completedFuture(true);
    private CompletableFuture<Boolean> redis = CompletableFuture.completedFuture(true);

    Readiness(WorkspaceService workspaces, Signals signals) {
        this.workspaces = workspaces;
        this.signals = signals;
    }

    ReadinessResponse now() {
        CompletableFuture<Boolean> databaseLook;
        CompletableFuture<Boolean> redisLook;
        synchronized (this) {
            if (database.isDone()) {
                database = CompletableFuture.supplyAsync(this::databaseAnswers, looks);
            }
            if (redis.isDone()) {
                redis = CompletableFuture.supplyAsync(signals::reachesRedis, looks);
            }
            databaseLook = database;
            redisLook = redis;
        }
        return ReadinessResponse.of(inTime(databaseLook), inTime(redisLook));
    }

    private static boolean inTime(CompletableFuture<Boolean> look) {
        return look.copy()
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> false)
                .join();
    }

    /** A query that every role of the database may make, through the pool that requests use. */
    private boolean databaseAnswers() {
        workspaces.hasAny();
        return true;
    }

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }
}
