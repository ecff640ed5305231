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
 * Asks Redis in groups: what comes in while two questions are on their way is the next one. So a lone call waits for nobody, and a crowd costs
 * Redis and this process a fraction of what it would one by one. Exact all the same, because Redis decides about each call.
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
     * @return empty when Redis did not answer in time, or that it cannot; what it took nevertheless is taken
     */
    Optional<Verdict> take(String caller, List<Limit> limits, Duration atMost) {
        var call = new Call(caller, limits);
        waiting.add(call);
        ask();
        try {
            return Optional.of(call.verdict().get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            // What was not sent yet never will be.
            call.verdict().cancel(false);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether Redis has said nothing for that long. */
    boolean silentFor(Duration time) {
        return System.nanoTime() - answeredAt >= time.toNanos();
    }

    private void ask() {
        while (!waiting.isEmpty() && questions.tryAcquire()) {
            var calls = next();
            if (calls.isEmpty()) {
                questions.release();
            } else {
                run(calls).whenComplete((verdicts, failure) -> answered(calls, verdicts, failure));
            }
        }
    }

    private CompletionStage<List<Verdict>> run(List<Call> calls) {
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
            if (!call.verdict().isDone()) {
                calls.add(call);
            }
        }
        return calls;
    }

    private void answered(List<Call> calls, @Nullable List<Verdict> verdicts, @Nullable Throwable failure) {
        questions.release();
        // The next ones first: Redis can think about them while this process hands out the answers.
        ask();
        if (verdicts != null) {
            answeredAt = System.nanoTime();
        }
        for (int i = 0; i < calls.size(); i++) {
            if (verdicts != null) {
                calls.get(i).verdict().complete(verdicts.get(i));
            } else {
                calls.get(i)
                        .verdict()
                        .completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
            }
        }
    }
}
