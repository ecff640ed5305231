package dev.carillon.core.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to Redis in batches: calls that arrive while two requests are in flight form the next batch. A single
 * call waits for no other, and under load each call costs Redis and this process a fraction of a separate request.
 * Results stay exact, because Redis decides each call by itself.
 */
final class SharedBuckets {
    private static final int QUESTIONS = 2;
    private static final int CALLS_PER_QUESTION = 100;

    private final BucketScript script;
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore questions = new Semaphore(QUESTIONS);
    private volatile long answeredAt = System.nanoTime();

    SharedBuckets(BucketScript script) {
        this.script = script;
    }

    /**
     * Takes a request from each of the limits, or from none.
     *
     * @return empty when Redis did not answer in time or answered with an error; anything it took nevertheless stays
     *     taken
     */
    Optional<RateLimitDecision> take(String caller, List<Limit> limits, Duration atMost) {
        var call = new Call(caller, limits);
        waiting.add(call);
        ask();
        try {
            return Optional.of(call.decision().get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            // A call that has not been sent is never sent.
            call.decision().cancel(false);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether Redis has not answered for that long. */
    boolean silentFor(Duration time) {
        return System.nanoTime() - answeredAt >= time.toNanos();
    }

    private void ask() {
        while (!waiting.isEmpty() && questions.tryAcquire()) {
            var calls = next();
            if (calls.isEmpty()) {
                questions.release();
            } else {
                run(calls).whenComplete((decisions, failure) -> answered(calls, decisions, failure));
            }
        }
    }

    private CompletionStage<List<RateLimitDecision>> run(List<Call> calls) {
        try {
            return script.run(calls);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Call> next() {
        var calls = new ArrayList<Call>();
        while (calls.size() < CALLS_PER_QUESTION) {
            var call = waiting.poll();
            if (call == null) {
                break;
            }
            if (!call.decision().isDone()) {
                calls.add(call);
            }
        }
        return calls;
    }

    private void answered(List<Call> calls, @Nullable List<RateLimitDecision> decisions, @Nullable Throwable failure) {
        questions.release();
        // Send the next batch first: Redis can work on it while this process hands out the answers.
        ask();
        if (decisions != null) {
            answeredAt = System.nanoTime();
        }
        for (int i = 0; i < calls.size(); i++) {
            if (decisions != null) {
                calls.get(i).decision().complete(decisions.get(i));
            } else {
                calls.get(i)
                        .decision()
                        .completeExceptionally(
                                failure == null ? new IllegalStateException("no answer from Redis") : failure);
            }
        }
    }
}
