package dev.carillon.sandbox;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds calls that are not to be answered, until their time is up or the platform closes. */
final class Hanging implements AutoCloseable {
    /** Whoever comes on top of these is not held at all. */
    private static final int MOST_CALLS = 256;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore places = new Semaphore(MOST_CALLS);

    void hold(int seconds) {
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

    /** Lets all of them go. */
    @Override
    public void close() {
        closing.countDown();
    }
}
