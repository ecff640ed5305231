package dev.carillon.jobs;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jobrunr.server.BackgroundJobServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a JobRunr server look for work at once. JobRunr polls every 5 s at best and has no call for this; but a worker thread that
 * reports itself idle makes the server look, and both halves of that report are public. This is the only class that leans on it,
 * and {@code WakeHookTest} holds JobRunr to it.
 */
final class WakeHook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeHook.class);

    /** A look that falls into a running poll is dropped by JobRunr, so the last wake is repeated once after this time. */
    private static final long REPEAT_MILLIS = 200;

    private final Supplier<BackgroundJobServer> server;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    WakeHook(String name, Supplier<BackgroundJobServer> server) {
        this.server = server;
        this.thread = Thread.ofVirtual().name("wake " + name).start(this::run);
    }

    /** Returns at once; wakes that come while the server is looking are one wake. Callable from any thread. */
    void wake() {
        wakes.release();
    }

    private void run() {
        try {
            while (!closed) {
                wakes.acquire();
                do {
                    wakes.drainPermits();
                    poke();
                } while (wakes.tryAcquire(REPEAT_MILLIS, TimeUnit.MILLISECONDS));
                poke();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poke() {
        var running = server.get();
        if (!running.isRunning()) {
            return;
        }
        try {
            running.getJobSteward().notifyThreadOccupied();
            running.getJobSteward().notifyThreadIdle();
        } catch (RuntimeException e) {
            // Its own poll meets the same trouble and counts it.
            LOG.atDebug().setCause(e).log("job server could not look for work");
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
