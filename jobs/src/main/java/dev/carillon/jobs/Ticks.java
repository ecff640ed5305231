package dev.carillon.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that comes back, in this process: each tick has a virtual thread of its own, runs at once, waits, and runs again. It never
 * overlaps itself, and an error of one run is logged and ends that run only. Several processes tick independently.
 */
public final class Ticks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /**
     * Starts a tick.
     *
     * @param name for threads and logs
     * @param pause from the end of one run to the start of the next
     */
    public void every(String name, Duration pause, Runnable work) {
        threads.add(Thread.ofVirtual().name("tick " + name).start(() -> repeat(name, pause, work)));
    }

    private void repeat(String name, Duration pause, Runnable work) {
        try {
            do {
                runOnce(name, work);
            } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).addKeyValue("tick", name).log("tick failed; it runs again");
        }
    }

    /** Starts no further run, and waits 10 s for those that run before it interrupts them. */
    @Override
    public void close() {
        closed.countDown();
        long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
        for (var thread : threads) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                threads.forEach(Thread::interrupt);
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
