package dev.carillon.core.net;

import java.time.Duration;

/**
 * A moment on this process's monotonic clock after which nothing may be written any more. Make it before the mark that
 * announces the call is committed: then a pause of the process shortens the call instead of moving its end.
 *
 * @param nanoTime in the scale of {@link System#nanoTime()}, meaningless outside this process
 */
public record Deadline(long nanoTime) {
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left; zero or less once it has passed. */
    public Duration left() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    public boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
