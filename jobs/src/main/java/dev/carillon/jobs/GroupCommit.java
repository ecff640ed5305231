package dev.carillon.jobs;

import dev.carillon.core.database.DatabaseOutage;
import dev.carillon.core.net.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Batches the requests of many threads: everything that arrives while one group is being written becomes the next
 * group. A single request waits for no other, and many requests share their statements, their commit and its flush to
 * disk. It takes few connections however many threads ask.
 *
 * @param <W> a request
 * @param <A> its answer
 */
public final class GroupCommit<W, A> implements AutoCloseable {
    private final int mostAtOnce;
    private final Function<List<W>, List<A>> work;
    private final BlockingQueue<Waiting<W, A>> queue = new LinkedBlockingQueue<>();
    private final List<Thread> writers;
    private volatile boolean closed;

    /**
     * Starts the writers.
     *
     * @param writers how many groups are written at the same time
     * @param mostAtOnce the most requests in one group
     * @param work handles the requests of a group in one transaction and returns the answers in the same order
     */
    public GroupCommit(String name, int writers, int mostAtOnce, Function<List<W>, List<A>> work) {
        this.mostAtOnce = mostAtOnce;
        this.work = work;
        this.writers = IntStream.range(0, writers)
                .mapToObj(n -> Thread.ofVirtual().name(name + " " + n).start(this::run))
                .toList();
    }

    private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofMillis(200);

    private record Waiting<W, A>(W wish, CompletableFuture<A> answer) {}

    /**
     * Waits until the request's group is committed.
     *
     * @throws RuntimeException if the request failed; a failure elsewhere in the group does not fail it
     */
    public A get(W wish) {
        var waiting = new Waiting<W, A>(wish, new CompletableFuture<>());
        queue.add(waiting);
        if (closed) {
            refuseAll();
        }
        try {
            return waiting.answer().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Waits in the same way, and repeats while the database is unavailable. For data that would be lost, or would have
     * to be reconciled, if it were not written.
     *
     * @param patience how long to repeat
     * @throws RuntimeException if it could not be written, or not in time
     */
    public A get(W wish, Duration patience) {
        var deadline = Deadline.in(patience);
        while (true) {
            try {
                return get(wish);
            } catch (RuntimeException e) {
                if (!DatabaseOutage.isCauseOf(e) || deadline.passed() || !waited()) {
                    throw e;
                }
            }
        }
    }

    private static boolean waited() {
        try {
            Thread.sleep(BEFORE_NEXT_ATTEMPT);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            while (!closed) {
                var group = new ArrayList<Waiting<W, A>>(List.of(queue.take()));
                queue.drainTo(group, mostAtOnce - 1);
                write(group);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts.
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Waiting<W, A>> group) {
        try {
            var answers = work.apply(group.stream().map(Waiting::wish).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            if (group.size() == 1 || DatabaseOutage.isCauseOf(e)) {
                group.forEach(waiting -> waiting.answer().completeExceptionally(e));
            } else {
                // One request cannot be written; the others must not fail because of it.
                group.forEach(alone -> write(List.of(alone)));
            }
        }
    }

    /** Requests that are not in a group yet. */
    int waiting() {
        return queue.size();
    }

    /** Writes nothing more; requests that still wait fail. */
    @Override
    public void close() {
        closed = true;
        writers.forEach(Thread::interrupt);
        refuseAll();
    }

    private void refuseAll() {
        var left = new ArrayList<Waiting<W, A>>();
        queue.drainTo(left);
        left.forEach(waiting -> waiting.answer().completeExceptionally(new IllegalStateException("closed")));
    }
}
