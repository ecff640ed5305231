package dev.carillon.app.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Closes a connection that has gone silent, without even a heartbeat, so that its reader notices. */
final class IdleWatchdog implements AutoCloseable {
    private final InputStream connection;
    private final Duration longest;
    private final Thread thread;
    private volatile long heardNanos = System.nanoTime();

    IdleWatchdog(InputStream connection, Duration longest) {
        this.connection = connection;
        this.longest = longest;
        this.thread = Thread.ofVirtual().name("silence").start(this::run);
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    private void run() {
        try {
            long left = longest.toNanos();
            while (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
                left = longest.toNanos() - (System.nanoTime() - heardNanos);
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
