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
 * The claimed rows that this process is working on, a virtual thread each.
 *
 * @param <C> a claim: its {@code toString} names the row, and holds nothing that may not be logged
 */
public class RunningRows<C> {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRows.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Duration patience;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile Consumer<C> whenStarted = claim -> {};
    private volatile Consumer<C> whenAnswered = claim -> {};
    private volatile Consumer<C> whenDone = claim -> {};

    protected RunningRows() {
        this(PATIENCE);
    }

    /** With another time after which a job is let go although rows of it are running: they go on under their own leases. */
    protected RunningRows(Duration patience) {
        this.patience = patience;
    }

    /** Says who wants to hear of rows that have ended, however they did. */
    public void whenDone(Consumer<C> listener) {
        whenDone = listener;
    }

    /** Says who wants to hear of rows that this process has begun with. */
    public void whenStarted(Consumer<C> listener) {
        whenStarted = listener;
    }

    /** Says who wants to hear of rows whose host has answered. */
    public void whenAnswered(Consumer<C> listener) {
        whenAnswered = listener;
    }

    /** Tells that the host of a running row has no more to do with it. */
    public void answered(C claim) {
        whenAnswered.accept(claim);
    }

    /** Tells that work on rows begins, before {@link #runAll} where something is done for all of them first. */
    public void started(Collection<C> claims) {
        claims.forEach(whenStarted);
    }

    /** Tells that nothing comes of rows whose work had begun. */
    public void ended(Collection<C> claims) {
        claims.forEach(whenDone);
    }

    /** Works on the rows of a chunk side by side, and returns when all have ended, or after a while. */
    public void runAll(Collection<C> claims, Consumer<C> work) throws InterruptedException {
        join(claims.stream().map(claim -> start(claim, work)).toList(), patience);
    }

    private Thread start(C claim, Consumer<C> work) {
        var thread = Thread.ofVirtual().name(claim.toString()).unstarted(() -> {
            try {
                work.accept(claim);
            } catch (RuntimeException e) {
                // The lease passes, and whoever takes the row then finds out how far this got.
                LOG.atError().setCause(e).addKeyValue("row", claim).log("work on a row broke off");
            } finally {
                threads.remove(Thread.currentThread());
                whenDone.accept(claim);
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the rows that are running, but not for ever. */
    public void awaitAll(Duration atMost) throws InterruptedException {
        join(List.copyOf(threads), atMost);
    }

    private static void join(List<Thread> rows, Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        for (var row : rows) {
            row.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
