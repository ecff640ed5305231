package dev.carillon.core.signal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs one piece of work in the background, never twice at the same time. Calls that arrive while it runs are combined
 * into one further run.
 */
final class Coalescing {
    private final Executor executor;
    private final Runnable work;
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();

    Coalescing(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /** Returns at once; the work runs at least once after this call. */
    void run() {
        wanted.set(true);
        if (running.compareAndSet(false, true)) {
            executor.execute(this::runWhileWanted);
        }
    }

    private void runWhileWanted() {
        do {
            while (wanted.getAndSet(false)) {
                work.run();
            }
            running.set(false);
            // A call may have come between the last check and the line above.
        } while (wanted.get() && running.compareAndSet(false, true));
    }
}
