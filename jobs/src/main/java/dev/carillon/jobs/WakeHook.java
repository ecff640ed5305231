package dev.carillon.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jobrunr.server.BackgroundJobServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a JobRunr server look for work at once. JobRunr polls every 5 s at best and has no call for this. But a worker
 * thread that reports itself idle makes the server look, and both halves of that report are public. Only this class
 * relies on it, and {@code WakeHookTest} verifies it against JobRunr.
 */
final class WakeHook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeHook.class);

    /** JobRunr drops a wake that arrives during a running poll, so the last wake is repeated once after this time. */
    private static final long REPEAT_MILLIS = 200;

    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private final Supplier<BackgroundJobServer> server;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    WakeHook(String name, Supplier<BackgroundJobServer> server) {
        this.server = server;
        this.thread = Thread.ofVirtual().name("wake " + name).start(this::run);
    }

    /** Returns at once; wakes that arrive while the server is looking are merged into one. Callable from any thread. */
    void wake() {
        wakes.release();
    }

    private void run() {
        try {
            wakes.acquire();
            while (!closed) {
                do {
                    wakes.drainPermits();
                    poke();
                } while (wakes.tryAcquire(REPEAT_MILLIS, TimeUnit.MILLISECONDS));
                poke();
                wakes.acquire();
            }
        } catch (InterruptedException e) {
            // Only if the last look takes too long.
            Thread.currentThread().interrupt();
        }
    }

    private void poke() {
        var running = server.get();
        if (closed || !running.isRunning()) {
            return;
        }
        try {
            running.getJobSteward().notifyThreadOccupied();
            running.getJobSteward().notifyThreadIdle();
        } catch (RuntimeException e) {
            // The server's own poll meets the same error and counts it.
            LOG.atDebug().setCause(e).log("job server could not look for work");
        }
    }

    /**
     * Waits a moment for a look in progress. Interrupting it would break its database connection, and the pool would
     * log that with a stack trace at every stop.
     */
    @Override
    public void close() {
        closed = true;
        wakes.release();
        try {
            if (!thread.join(LAST_LOOK)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.interrupt();
        }
    }
}
