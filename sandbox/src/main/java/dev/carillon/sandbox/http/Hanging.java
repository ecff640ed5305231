package dev.carillon.sandbox.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds calls that must not be answered, until their time is up or the platform closes. */
public final class Hanging implements AutoCloseable {
    /** Calls beyond this number are not held at all. */
    private static final int MOST_CALLS = 256;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore places = new Semaphore(MOST_CALLS);

    public void hold(int seconds) {
        if (!places.tryAcquire()) {
            return;
        }
        try {
            closing.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** Releases all of them. */
    @Override
    public void close() {
        closing.countDown();
    }
}
