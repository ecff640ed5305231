package dev.carillon.app.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Times of disturbances to the processes or their database that may have lost unrecorded outcomes. */
final class Troubles {
    private final List<Trouble> all = new CopyOnWriteArrayList<>();

    private record Trouble(Instant from, Instant until) {}

    static Instant now() {
        return Clock.systemUTC().instant();
    }

    /** Records a disturbance at this moment. */
    void happened() {
        lasted(now(), Duration.ZERO);
    }

    /** Records a disturbance from then until now, with effects for a while longer. */
    void lasted(Instant from, Duration longer) {
        all.add(new Trouble(from, now().plus(longer)));
    }

    /** Records a disturbance between two moments. */
    void lasted(Instant from, Instant until) {
        all.add(new Trouble(from, until));
    }

    /** Whether there was a disturbance between two moments. */
    boolean any(Instant from, Instant until) {
        return all.stream()
                .anyMatch(trouble ->
                        !trouble.from().isAfter(until) && !trouble.until().isBefore(from));
    }
}
