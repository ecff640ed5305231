package dev.carillon.app.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for the steps of the demo and prints each with the milliseconds since the post was accepted. */
final class Steps {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final PrintWriter out;
    private final long began = System.nanoTime();

    Steps(PrintWriter out) {
        this.out = out;
    }

    void tell(String step, String what) {
        tell(step, what, System.nanoTime());
    }

    void tell(String step, String what, long nanos) {
        out.printf("  %6d ms  %-10s %s%n", TimeUnit.NANOSECONDS.toMillis(nanos - began), step, what);
        out.flush();
    }

    /** @throws DemoFailed if it does not become true in time */
    void await(String step, BooleanSupplier happened) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw late(step);
            }
            pause();
        }
    }

    /** @throws DemoFailed if nothing arrives in time */
    <T> T await(String step, BlockingQueue<T> arrivals) {
        try {
            var arrived = arrivals.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (arrived == null) {
                throw late(step);
            }
            return arrived;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static DemoFailed late(String step) {
        return new DemoFailed("The demo waited %d s, but the post was not %s.".formatted(LIMIT.toSeconds(), step));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static DemoFailed interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DemoFailed("The demo was interrupted.", e);
    }
}
