package dev.carillon.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recurring work in this process. Each tick has its own virtual thread, runs at once, waits, and runs again. A tick
 * never overlaps itself, and an error is logged and ends that run only. Several processes tick independently.
 */
public final class Ticks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(1);

    private final List<Tick> ticks = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * Starts a tick.
     *
     * @param name for threads and logs
     * @param pause from the end of one run to the start of the next
     */
    public Tick every(String name, Duration pause, Runnable work) {
        return start(new Tick(
                name,
                () -> {
                    work.run();
                    return pause;
                },
                pause));
    }

    /**
     * Starts a tick whose every run returns how long to wait for the next one; after zero, it runs again at once.
     *
     * @param name for threads and logs
     */
    public Tick paced(String name, Supplier<Duration> work) {
        return start(new Tick(name, work, AFTER_AN_ERROR));
    }

    private Tick start(Tick tick) {
        ticks.add(tick);
        tick.thread.start();
        return tick;
    }

    /** Starts no further run, and waits 10 s for running ones before it interrupts them. */
    @Override
    public void close() {
        closed = true;
        ticks.forEach(Tick::wake);
        long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
        for (var tick : ticks) {
            try {
                if (!tick.thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    tick.thread.interrupt();
                }
            } catch (InterruptedException e) {
                ticks.forEach(running -> running.thread.interrupt());
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A single tick. */
    public final class Tick {
        private final String name;
        private final Supplier<Duration> work;
        private final Duration afterAnError;
        private final Thread thread;
        private final Semaphore wakes = new Semaphore(0);

        private Tick(String name, Supplier<Duration> work, Duration afterAnError) {
            this.name = name;
            this.work = work;
            this.afterAnError = afterAnError;
            this.thread = Thread.ofVirtual().name("tick " + name).unstarted(this::repeat);
        }

        /** Triggers a run now, or one more after the current run. Returns at once; callable from any thread. */
        public void wake() {
            wakes.release();
        }

        /** Whether it still runs; false once its ticks are closed and its last run has ended. */
        public boolean isRunning() {
            return thread.isAlive();
        }

        private void repeat() {
            try {
                while (!closed) {
                    wakes.drainPermits();
                    var pause = run();
                    // Woken or not, the next step is the same.
                    boolean woken = wakes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                    LOG.atTrace()
                            .addKeyValue("tick", name)
                            .addKeyValue("woken", woken)
                            .log("tick");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Duration run() {
            try {
                return work.get();
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).addKeyValue("tick", name).log("tick failed; it will run again");
                return afterAnError;
            }
        }
    }
}
