package dev.carillon.core.net;

import java.time.Duration;

/**
 * A moment on this process's monotonic clock after which nothing may be written. Create it before committing the mark
 * that announces the call: a pause of the process then shortens the call instead of delaying its end.
 *
 * @param nanoTime in the scale of {@link System#nanoTime()}, meaningless outside this process
 */
public record Deadline(long nanoTime) {
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time left; zero or less once the deadline has passed. */
    public Duration left() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    public boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
