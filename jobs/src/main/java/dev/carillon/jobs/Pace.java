package dev.carillon.jobs;

import java.time.Duration;

/** Says when something that happens inside a loop is due again. For one thread. */
final class Pace {
    private final long pauseNanos;
    private long next = System.nanoTime();

    Pace(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    /** True at most once per pause, and at once the first time. */
    boolean isDue() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        next = now + pauseNanos;
        return true;
    }
}
