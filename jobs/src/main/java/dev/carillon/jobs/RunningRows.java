package dev.carillon.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claimed rows that this process is working on, one virtual thread each.
 *
 * @param <C> a claim; its {@code toString} names the row and contains nothing that must not be logged
 */
final class RunningRows<C> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRows.class);

    private final Duration patience;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile Consumer<C> whenStarted = claim -> {};
    private volatile Consumer<C> whenAnswered = claim -> {};
    private volatile Consumer<C> whenDone = claim -> {};

    /**
     * No rows yet.
     *
     * @param patience the time after which a job is released although some of its rows are still running; these
     *     continue under their own leases
     */
    RunningRows(Duration patience) {
        this.patience = patience;
    }

    /** Sets the listener for rows that have ended, whatever the outcome. */
    void whenDone(Consumer<C> listener) {
        whenDone = listener;
    }

    /** Sets the listener for rows that this process has started. */
    void whenStarted(Consumer<C> listener) {
        whenStarted = listener;
    }

    /** Sets the listener for rows whose host has answered. */
    void whenAnswered(Consumer<C> listener) {
        whenAnswered = listener;
    }

    /** Reports that the host of a running row has answered. */
    void answered(C claim) {
        whenAnswered.accept(claim);
    }

    /** Reports that work on rows starts; call it before {@link #runAll} if something is done for all of them first. */
    void started(Collection<C> claims) {
        claims.forEach(whenStarted);
    }

    /** Reports that started rows have ended without a result. */
    void ended(Collection<C> claims) {
        claims.forEach(whenDone);
    }

    /** Works on the rows of a chunk in parallel, and returns when all have ended or a time limit has passed. */
    void runAll(Collection<C> claims, Consumer<C> work) throws InterruptedException {
        join(claims.stream().map(claim -> start(claim, work)).toList(), patience);
    }

    private Thread start(C claim, Consumer<C> work) {
        var thread = Thread.ofVirtual().name(claim.toString()).unstarted(() -> {
            try {
                work.accept(claim);
            } catch (RuntimeException e) {
                // The lease expires, and the next owner of the row finds out how far this got.
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("row", claim)
                        .log("work on a row failed; the row is claimed again when its lease expires");
            } finally {
                threads.remove(Thread.currentThread());
                whenDone.accept(claim);
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the running rows for at most this long. */
    void awaitAll(Duration atMost) throws InterruptedException {
        join(List.copyOf(threads), atMost);
    }

    private static void join(List<Thread> rows, Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        for (var row : rows) {
            row.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
