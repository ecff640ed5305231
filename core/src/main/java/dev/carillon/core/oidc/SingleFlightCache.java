package dev.carillon.core.oidc;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Caches answers for a while. Concurrent callers that want the same answer share one request and its result; a failure
 * is not cached. A provider that hangs therefore delays all callers by one timeout, not by one after the other.
 */
final class SingleFlightCache<T> {
    private final ConcurrentHashMap<String, FutureTask<Answer<T>>> answers = new ConcurrentHashMap<>();
    private final Duration keep;

    private record Answer<T>(T value, long atNanos) {}

    SingleFlightCache(Duration keep) {
        this.keep = keep;
    }

    T get(String key, Supplier<T> ask) {
        var mine = new FutureTask<>(() -> new Answer<>(ask.get(), System.nanoTime()));
        var task = answers.compute(key, (same, there) -> there != null && isGood(there) ? there : mine);
        // Does nothing if another thread is running it or has run it.
        task.run();
        return valueOf(task);
    }

    /** The next {@link #get} asks again, unless this answer has been replaced meanwhile. */
    void forget(String key, T value) {
        answers.computeIfPresent(
                key,
                (same, task) -> task.state() == FutureTask.State.SUCCESS
                                && task.resultNow().value().equals(value)
                        ? null
                        : task);
    }

    private boolean isGood(FutureTask<Answer<T>> task) {
        return switch (task.state()) {
            case RUNNING -> true;
            case SUCCESS -> System.nanoTime() - task.resultNow().atNanos() < keep.toNanos();
            case FAILED, CANCELLED -> false;
        };
    }

    private T valueOf(FutureTask<Answer<T>> task) {
        try {
            return task.get().value();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
