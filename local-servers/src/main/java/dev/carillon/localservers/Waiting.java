package dev.carillon.localservers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Bounded waiting for another process. */
final class Waiting {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Waiting() {}

    /**
     * Polls until {@code reached} returns true; returns whether it did within {@code limit}. An interrupt does not
     * shorten the wait, because a stop that is cut short leaves a server behind; the flag is set again at the end.
     */
    static boolean until(Duration limit, BooleanSupplier reached) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (!reached.getAsBoolean()) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                try {
                    Thread.sleep(BETWEEN_LOOKS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
