package dev.carillon.app.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When something was done to the processes or to their database that can cost them what they had not written down yet. */
final class Troubles {
    private final List<Trouble> all = new CopyOnWriteArrayList<>();

    private record Trouble(Instant from, Instant until) {}

    static Instant now() {
        return Clock.systemUTC().instant();
    }

    /** Something happened just now. */
    void happened() {
        lasted(now(), Duration.ZERO);
    }

    /** Something went on from then until now, and its effects for a while longer. */
    void lasted(Instant from, Duration longer) {
        all.add(new Trouble(from, now().plus(longer)));
    }

    /** Whether anything happened between two moments. */
    boolean any(Instant from, Instant until) {
        return all.stream()
                .anyMatch(trouble ->
                        !trouble.from().isAfter(until) && !trouble.until().isBefore(from));
    }
}
