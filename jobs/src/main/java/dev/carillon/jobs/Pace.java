package dev.carillon.jobs;

import java.time.Duration;

/** Tells a loop when a recurring action is due again. For one thread. */
final class Pace {
    private final long pauseNanos;
    private long next = System.nanoTime();

    Pace(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    /** True at most once per pause, and the first time immediately. */
    boolean isDue() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        next = now + pauseNanos;
        return true;
    }
}
